import pytest

from digestgen.analyse.summaries.standalone import stands_alone

ALONE = [
    ("en", "Russia shot down one of its own drones over Ukraine."),
    ("en", "The U.S. Senate passed the bill on Monday."),
    ("en", "The president of France visited Kyiv."),
    ("en", "The ferry operator in Bergen cancelled all crossings."),
    ("en", "More than 100 people were hurt in the fire."),
    ("en", "“Peace is near,” Angela Merkel said."),
    ("en", "‘Peace is near,’ Angela Merkel said."),
    ("en", "'Peace is near,' Angela Merkel said, in the workers' hall."),
    ("en", "Since 2022, Russia has fought in Ukraine."),
    ("en", "Boris Johnson said he would resign."),
    ("en", "Norway will close two ferry quays this year."),
    ("en", "Boris Johnson not only resigned but also left London."),
    ("en", "“Peace needs this trip,” Angela Merkel said."),
    ("de", "Der Kanzler sprach in Berlin."),
    ("fr", "Le président a parlé à Paris."),
    ("uk", "Президент прибув до Києва."),
    ("xx", "Qwerty asdf zxcv."),
]
DANGLING = [
    ("en", "He told reporters that talks had failed."),
    ("en", "It was the worst storm in years."),
    ("en", "However, the council disagreed."),
    ("en", "But critics in Berlin disagreed."),
    ("en", "“It is over,” Angela Merkel said."),
    ("en", "“But it is over,” Angela Merkel said."),
    ("en", "This was denied by Moscow."),
    ("en", "The move came after weeks of protest."),
    ("en", "The prime minister said so on Monday."),
    ("en", "The secret clause allowed North Korea to send troops."),
    ("en", "Among the terms of the treaty is a promise of help."),
    ("en", "More North Korean troops are expected."),
    ("en", "Up to 3,000 soldiers are there, the source told reporters."),
    ("en", "In 2007, he was convicted of incitement."),
    ("en", "President Donald Trump also sent test kits to Moscow."),
    ("en", "Republicans have not been part of these negotiations."),
    ("en", "The partially redacted report names two Saudis."),
    ("en", "Findings of the study, which is the largest so far, surprised Oslo."),
    ("en", "Judges postponed the film's launch until May."),
    ("en", "The FBI director made the comments in an interview."),
    ("en", "“Soldiers in Oslo fired into the crowd.”"),
    ("en", "Worse was the dishonesty of Oslo."),
    ("en", "Since then, Hungarian officials have confirmed the plan."),
    ("en", "We will never give up, and our allies know it."),
    ("en", "“The town must act now."),
    ("en", 'The town must act now."'),
    ("en", "‘Berlin must act now."),
    ("en", "Berlin must act now.’"),
    ("en", "and then it was over."),
    ("en", "…"),
    ("de", "Er sprach in Berlin."),
    ("fr", "Elle a parlé à Paris."),
    ("ru", "Он прибыл в Москву."),
    ("uk", "Вона прибула до Києва."),
    ("es", "Pero el presidente calló."),
]


@pytest.mark.parametrize(("language", "sentence"), ALONE, ids=[sentence[:30] for _, sentence in ALONE])
def test_reads_alone(language: str, sentence: str) -> None:
    assert stands_alone(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), DANGLING, ids=[sentence[:30] for _, sentence in DANGLING])
def test_needs_its_neighbours(language: str, sentence: str) -> None:
    assert not stands_alone(sentence, language)
