"""Warning signs and denials in German, Spanish, French and Portuguese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.understanding.read import read
from tests.understanding.conftest import TODAY

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon

SAID = [
    ("de", "swelling", "Mein linker Unterschenkel ist angeschwollen"),
    ("de", "chest", "Ich habe Schmerzen in der Brust"),
    ("de", "breathless", "Bekomme beim Treppensteigen keine Luft"),
    ("de", "numb", "Mein Fuß ist taub und kribbelt"),
    ("de", "push_off", "Ich kann nicht mehr auf den Zehenspitzen stehen"),
    ("de", "push_off", "Kann mit dem Bein nicht auftreten"),
    ("de", "dark_pee", "Mein Urin ist dunkelbraun"),
    ("de", "dark_pee", "Der Urin sieht aus wie Cola"),
    ("de", "night_pain", "Die Wade weckt mich nachts"),
    ("de", "pop", "Es gab einen Knall in der Wade"),
    ("de", "fever", "Habe Fieber und die Wade ist rot"),
    ("de", "dvt_risk.long_journey", "Seit dem Langstreckenflug tut die Wade weh"),
    ("de", "dvt_risk.bed_or_surgery", "Vor drei Wochen wurde ich am Knie operiert"),
    ("de", "colour", "Die Wade ist rot und heiß"),
    ("es", "chest", "Me duele el pecho desde ayer"),
    ("es", "breathless", "Me falta el aire al subir escaleras"),
    ("es", "numb", "Tengo hormigueo en el pie"),
    ("es", "push_off", "No puedo ponerme de puntillas"),
    ("es", "push_off", "No podía apoyar el pie"),
    ("es", "dark_pee", "La orina es oscura como coca cola"),
    ("es", "night_pain", "El dolor me despierta por la noche"),
    ("es", "fever", "Tengo fiebre y el gemelo rojo"),
    ("es", "dvt_risk.long_journey", "Después de un vuelo largo me duele el gemelo"),
    ("es", "dvt_risk.bed_or_surgery", "Me operaron de la rodilla hace un mes"),
    ("es", "swelling", "Se me ha hinchado la pantorrilla"),
    ("fr", "swelling", "Mon mollet gauche est gonflé"),
    ("fr", "chest", "J'ai une douleur dans la poitrine"),
    ("fr", "breathless", "Je suis essoufflé même au repos"),
    ("fr", "numb", "J'ai des fourmis dans le pied"),
    ("fr", "push_off", "Impossible de monter sur la pointe du pied"),
    ("fr", "push_off", "Je ne peux plus poser le pied"),
    ("fr", "dark_pee", "Mon urine est très foncée"),
    ("fr", "night_pain", "La douleur me réveille la nuit"),
    ("fr", "fever", "J'ai de la fièvre et le mollet rouge"),
    ("fr", "dvt_risk.long_journey", "Depuis mon vol long courrier le mollet me fait mal"),
    ("fr", "dvt_risk.bed_or_surgery", "Opéré du genou il y a trois semaines"),
    ("pt", "chest", "Estou com dor no peito"),
    ("pt", "breathless", "Sinto falta de ar ao subir escada"),
    ("pt", "numb", "Meu pé está dormente"),
    ("pt", "push_off", "Não consigo ficar na ponta do pé"),
    ("pt", "push_off", "Não consigo apoiar o pé no chão"),
    ("pt", "dark_pee", "Minha urina está escura"),
    ("pt", "night_pain", "A dor me acorda de madrugada"),
    ("pt", "fever", "Estou com febre e a panturrilha vermelha"),
    ("pt", "dvt_risk.long_journey", "Depois de um voo longo a panturrilha dói"),
    ("pt", "dvt_risk.bed_or_surgery", "Fiz cirurgia no joelho mês passado"),
    ("pt", "swelling", "A panturrilha inchou de repente"),
]

DENIED = [
    ("de", "swelling", "Keine Schwellung"),
    ("de", "pop", "Kein Knall, keine Schwellung"),
    ("de", "numb", "Nicht taub"),
    ("de", "chest", "Keine Schmerzen in der Brust"),
    ("es", "swelling", "Sin hinchazón"),
    ("es", "pop", "No hubo chasquido"),
    ("es", "chest", "No me duele el pecho"),
    ("es", "numb", "Sin hormigueo"),
    ("fr", "swelling", "Pas gonflé"),
    ("fr", "pop", "Pas de claquement"),
    ("fr", "numb", "Aucun engourdissement"),
    ("fr", "chest", "Pas de douleur dans la poitrine"),
    ("pt", "swelling", "Não está inchado"),
    ("pt", "pop", "Sem estalo"),
    ("pt", "chest", "Sem dor no peito"),
    ("pt", "numb", "Não tenho formigamento"),
]


@pytest.mark.parametrize(("language", "fact", "text"), SAID)
def test_a_sign_said_is_read(lexicon: Lexicon, language: str, fact: str, text: str) -> None:
    """The sign is read in its language, told or guessed."""
    for lang in (language, None):
        found = read(text, lexicon, today=TODAY, lang=lang).of(fact)

        assert found is not None, lang


@pytest.mark.parametrize(("language", "fact", "text"), DENIED)
def test_a_sign_denied_is_a_denial(lexicon: Lexicon, language: str, fact: str, text: str) -> None:
    """The denial is kept, and the sign is not reported."""
    understood = read(text, lexicon, today=TODAY, lang=language)

    assert understood.of(fact) is None
    assert fact in {r.fact for r in understood.denied}
