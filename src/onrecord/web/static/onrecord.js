// Conveniences for who has a keyboard or a mouse. Every page works without them.
"use strict";

(() => {
  const story = document.querySelector(".story .text");
  let at = Number(document.querySelector(".story")?.dataset.lit || 0);

  function light(number, on) {
    for (const piece of story.querySelectorAll("[data-s]")) {
      if (piece.dataset.s.split(" ").includes(number)) piece.classList.toggle("under", on);
    }
    document.getElementById("note-" + number)?.classList.toggle("under", on);
  }

  if (story) {
    let lit = null;
    const over = (event) => {
      const owner = event.target.closest?.("[data-note], [data-s]");
      // Of statements within one another the innermost is told last.
      const number = owner ? owner.dataset.note || owner.dataset.s.split(" ").pop() : null;
      if (number === lit) return;
      if (lit) light(lit, false);
      if (number) light(number, true);
      lit = number;
    };
    story.addEventListener("mouseover", over);
    story.addEventListener("focusin", over);
    story.addEventListener("mouseleave", over);
  }

  function step(by) {
    const stops = story ? [...story.querySelectorAll(".note[data-note] .back")] : [...document.querySelectorAll(".hit .words a, .said blockquote a")];
    if (!stops.length) return;
    const now = stops.indexOf(document.activeElement);
    at = now >= 0 ? now + by : by > 0 ? 0 : stops.length - 1;
    const stop = stops[Math.max(0, Math.min(stops.length - 1, at))];
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(input|textarea|select)$/i.test(event.target.tagName)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("quick").focus();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    }
  });

  for (const form of document.querySelectorAll("form[data-busy]")) {
    form.addEventListener("submit", () => {
      form.querySelector("[role=status]").textContent = form.dataset.busy;
      form.querySelector("button").disabled = true;
    });
  }
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-busy]")) {
      form.querySelector("[role=status]").textContent = "";
      form.querySelector("button").disabled = false;
    }
  });

  for (const area of document.querySelectorAll("textarea[data-drop]")) {
    const field = document.getElementById(area.dataset.drop);
    area.addEventListener("dragover", (event) => {
      event.preventDefault();
      area.classList.add("over");
    });
    area.addEventListener("dragleave", () => area.classList.remove("over"));
    area.addEventListener("drop", (event) => {
      area.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      field.files = event.dataTransfer.files;
    });
  }
})();
