# Everything a developer does here. Needs Python 3.11 and make; the rest it fetches into .venv.

PYTHON ?= python3
# Where the corpora for measuring and training lie. They are not part of the repository.
DATA ?= ../shared/data
export DATA

UV_VERSION := 0.13.9
BIN := .venv/bin
UV := $(BIN)/uv
STAMP := .venv/.synced
TRAIN_BIN := .venv-train/bin
TRAIN_STAMP := .venv-train/.installed

# uv works in the environment made here, with the Python found here.
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help setup demo test cover soak lint types fix docs site sbom release shots eval floors bench train lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Make .venv and install what uv.lock names

$(UV):
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet "uv==$(UV_VERSION)"

# --inexact: uv itself lives in this environment and is not in the lock.
$(STAMP): $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --inexact
	@touch $@

demo: setup ## Add the sample articles to a store and ask it three questions
	@mkdir -p build
	$(BIN)/onrecord demo --db build/demo.db

test: setup ## Run the tests
	$(BIN)/pytest

cover: setup ## Run the tests and show which lines they leave out
	$(BIN)/pytest --cov --cov-report=term

soak: setup ## Run the long tests
	$(BIN)/pytest -m soak

lint: setup ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## Check types
	$(BIN)/mypy

fix: setup ## Mend what style can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup ## Write docs/cli.md anew from the commands' own help
	$(BIN)/python tools/cli_docs.py

site: setup ## Build the documentation into build/site; a warning is an error
	$(UV) sync --quiet --frozen --inexact --group docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

sbom: setup ## Write docs/licences.md and the list of parts, build/onrecord.cdx.json, anew
	$(BIN)/python tools/licences.py
	$(UV) sync --quiet --frozen --inexact --group release
	$(BIN)/python tools/release.py --parts build/onrecord.cdx.json

release: setup ## Build wheel and sdist into dist, try them on every Python that is there, list their parts and sums
	$(UV) sync --quiet --frozen --inexact --group release
	$(BIN)/python tools/licences.py --check
	$(BIN)/python tools/release.py

shots: setup ## Make the pictures of docs/images anew (needs apt-get install chromium)
	$(BIN)/python tools/make_shots.py

eval: setup ## Measure on the development corpora
	$(BIN)/onrecord evaluate polnear $(DATA)/polnear/dev
	$(BIN)/onrecord evaluate cofenet $(DATA)/polnear/cofenet_valid.jsonl
	$(BIN)/onrecord evaluate corpus $(DATA)/demo

floors: setup ## Fail where a score is below its floor in eval_floors.json
	$(BIN)/python tools/floors.py --data $(DATA)

bench: setup ## Measure speed, start-up and memory
	$(BIN)/python benchmarks/read_speed.py --data $(DATA)

# torch stays out of uv.lock: its CPU build is found by pip's own configuration, and a lock would name another one.
$(TRAIN_STAMP): training/requirements.txt
	$(PYTHON) -m venv .venv-train
	$(TRAIN_BIN)/python -m pip install --quiet -r training/requirements.txt
	$(TRAIN_BIN)/python -m pip install --quiet --editable .
	@touch $@

train: $(TRAIN_STAMP) ## Train the model anew and export it into the package (about five hours on two cores)
	$(TRAIN_BIN)/python -m training.silver --data $(DATA) --out runs/silver.jsonl
	$(TRAIN_BIN)/python -m training.train --data $(DATA) --silver runs/silver.jsonl --out runs/student
	$(TRAIN_BIN)/python -m training.export --model runs/student/model.pt --out src/onrecord/weights
	$(TRAIN_BIN)/python -m training.calibrate --data $(DATA) --weights src/onrecord/weights
	$(TRAIN_BIN)/python -m training.speakers --data $(DATA) --model runs/student/model.pt --weights src/onrecord/weights
	$(TRAIN_BIN)/python -m training.calibrate_speakers --data $(DATA) --weights src/onrecord/weights
	$(TRAIN_BIN)/python -m training.deedwords --data $(DATA) --silver runs/silver.jsonl --out src/onrecord/codebook/deedwords.toml
	$(TRAIN_BIN)/python -m training.train_deeds --data $(DATA) --silver runs/silver.jsonl --out runs/deeds
	$(TRAIN_BIN)/python -m training.train_deeds --data $(DATA) --silver runs/silver.jsonl --out runs/deeds-2 --order 2
	$(TRAIN_BIN)/python -m training.soup runs/deeds/model.pt runs/deeds-2/model.pt --out runs/deeds.pt
	$(TRAIN_BIN)/python -m training.export_deeds --model runs/deeds.pt --out src/onrecord/weights
	$(TRAIN_BIN)/python -m training.parties --data $(DATA) --weights src/onrecord/weights
	$(TRAIN_BIN)/python -m training.calibrate_deeds --data $(DATA) --weights src/onrecord/weights
	$(TRAIN_BIN)/python -m training.sentences --out src/onrecord/weights
	$(TRAIN_BIN)/python -m training.clash_pairs --data $(DATA) --weights src/onrecord/weights --out runs/clashes.npz
	$(TRAIN_BIN)/python -m training.clashes --pairs runs/clashes.npz --out src/onrecord/weights

lock: $(UV) ## Write uv.lock anew after a change of dependencies
	$(UV) lock

clean: ## Remove what the targets above made
	rm -rf .venv .venv-train build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage dist
