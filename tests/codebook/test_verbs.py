from onrecord.codebook.verbs import lint_verbs, verb_forms


def test_the_table_is_sound():
    assert list(lint_verbs()) == []


def test_forms_of_one_kind():
    forms = verb_forms()
    assert {"met", "was", "struck", "cut"} <= forms.past and "seen" not in forms.past
    assert {"seen", "been", "struck", "stricken", "come"} <= forms.participle and "saw" not in forms.participle
    assert "cut" not in forms.past - forms.verbs.keys()


def test_words_that_are_oftener_no_verbs_are_left_out():
    assert verb_forms().past.isdisjoint("bit bound cast cost ground wound".split())
