"""Code lists for the person's record: TEDS submission codes (state instruction manual), stored as they are sent."""

from django.db import models


class Substance(models.TextChoices):
    """TEDS detailed drug codes. Ketamine is 2004 under "other drugs", not PCP and not a hallucinogen."""

    NONE = "9996", "None"
    ALCOHOL = "0201", "Alcohol"
    CRACK = "0301", "Crack"
    COCAINE = "0302", "Cocaine, other"
    CANNABIS = "0401", "Marijuana, hashish"
    HEROIN = "0501", "Heroin"
    METHADONE = "0601", "Non-prescription methadone"
    CODEINE = "0701", "Codeine"
    OXYCODONE = "0703", "Oxycodone"
    HYDROMORPHONE = "0705", "Hydromorphone"
    OTHER_OPIOID = "0706", "Morphine or other opioid"
    HYDROCODONE = "0708", "Hydrocodone"
    TRAMADOL = "0709", "Tramadol"
    BUPRENORPHINE = "0710", "Buprenorphine"
    PCP = "0801", "PCP"
    LSD = "0901", "LSD"
    OTHER_HALLUCINOGEN = "0902", "DMT, mescaline, psilocybin, other"
    METHAMPHETAMINE = "1001", "Methamphetamine"
    AMPHETAMINE = "1101", "Amphetamine"
    MDMA = "1103", "MDMA"
    OTHER_AMPHETAMINE = "1109", "Bath salts, other amphetamine"
    OTHER_STIMULANT = "1201", "Other stimulant"
    METHYLPHENIDATE = "1202", "Methylphenidate"
    ALPRAZOLAM = "1301", "Alprazolam"
    DIAZEPAM = "1304", "Diazepam"
    LORAZEPAM = "1306", "Lorazepam"
    OTHER_BENZODIAZEPINE = "1308", "Other benzodiazepine"
    FLUNITRAZEPAM = "1309", "Flunitrazepam"
    CLONAZEPAM = "1310", "Clonazepam"
    TRANQUILIZER = "1403", "Other tranquilizer"
    BARBITURATE = "1509", "Barbiturate"
    SEDATIVE = "1604", "Other sedative or hypnotic"
    INHALANT = "1704", "Inhalant"
    NITROUS = "1705", "Anesthetic gas, nitrous oxide"
    DXM = "1809", "Over-the-counter, including DXM"
    SYNTHETIC_CANNABINOID = "2002", "Synthetic cannabinoid, other"
    GHB = "2003", "GHB, GBL"
    KETAMINE = "2004", "Ketamine"
    UNKNOWN = "9997", "Unknown"


class Route(models.TextChoices):
    """TEDS route of use; snorting is inhalation."""

    ORAL = "1", "Swallowed"
    SMOKED = "2", "Smoked"
    INHALED = "3", "Snorted or inhaled"
    INJECTED = "4", "Injected"
    OTHER = "20", "Other"
    UNKNOWN = "97", "Unknown"


class Frequency(models.TextChoices):
    """TEDS frequency of use in the past 30 days."""

    NONE = "1", "No use in the past month"
    MONTHLY = "2", "1-3 days in the past month"
    WEEKLY = "3", "1-2 days in the past week"
    MOST_DAYS = "4", "3-6 days in the past week"
    DAILY = "5", "Daily"
    UNKNOWN = "97", "Unknown"


OPIOIDS = frozenset(
    {
        Substance.HEROIN,
        Substance.METHADONE,
        Substance.CODEINE,
        Substance.OXYCODONE,
        Substance.HYDROMORPHONE,
        Substance.OTHER_OPIOID,
        Substance.HYDROCODONE,
        Substance.TRAMADOL,
        Substance.BUPRENORPHINE,
    }
)
BENZODIAZEPINES = frozenset(
    {
        Substance.ALPRAZOLAM,
        Substance.DIAZEPAM,
        Substance.LORAZEPAM,
        Substance.OTHER_BENZODIAZEPINE,
        Substance.FLUNITRAZEPAM,
        Substance.CLONAZEPAM,
    }
)
STIMULANTS = frozenset(
    {
        Substance.CRACK,
        Substance.COCAINE,
        Substance.METHAMPHETAMINE,
        Substance.AMPHETAMINE,
        Substance.OTHER_AMPHETAMINE,
        Substance.OTHER_STIMULANT,
        Substance.METHYLPHENIDATE,
    }
)
HALLUCINOGENS = frozenset({Substance.PCP, Substance.LSD, Substance.OTHER_HALLUCINOGEN, Substance.DXM})


class CoUse(models.TextChoices):
    """What is asked about every time (domain 6.3)."""

    KETAMINE = "ketamine", "Ketamine"
    ALCOHOL = "alcohol", "Alcohol"
    GHB = "ghb", "GHB"
    BENZODIAZEPINES = "benzodiazepines", "Benzodiazepines"
    OPIOIDS = "opioids", "Opioids, also for bladder pain"
    STIMULANTS = "stimulants", "Stimulants"
    CANNABIS = "cannabis", "Cannabis"
    MDMA = "mdma", "MDMA"
    HALLUCINOGENS = "hallucinogens", "Other hallucinogens and dissociatives: LSD, psilocybin, PCP, DXM, analogs"


# Which substances answer which question; the first is meant when nobody knows more.
ASKED = {
    CoUse.KETAMINE: (Substance.KETAMINE, frozenset({Substance.KETAMINE})),
    CoUse.ALCOHOL: (Substance.ALCOHOL, frozenset({Substance.ALCOHOL})),
    CoUse.GHB: (Substance.GHB, frozenset({Substance.GHB})),
    CoUse.BENZODIAZEPINES: (Substance.OTHER_BENZODIAZEPINE, BENZODIAZEPINES),
    CoUse.OPIOIDS: (Substance.OTHER_OPIOID, OPIOIDS),
    CoUse.STIMULANTS: (Substance.OTHER_STIMULANT, STIMULANTS),
    CoUse.CANNABIS: (Substance.CANNABIS, frozenset({Substance.CANNABIS, Substance.SYNTHETIC_CANNABINOID})),
    CoUse.MDMA: (Substance.MDMA, frozenset({Substance.MDMA})),
    CoUse.HALLUCINOGENS: (Substance.OTHER_HALLUCINOGEN, HALLUCINOGENS),
}


class Answered(models.TextChoices):
    """What came of asking. Not having asked is none of these."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Does not know"
    DECLINED = "declined", "Would rather not say"


class Rank(models.TextChoices):
    """Which substance matters most to the person's treatment (TEDS: primary, secondary, tertiary)."""

    PRIMARY = "1", "Primary"
    SECONDARY = "2", "Secondary"
    TERTIARY = "3", "Tertiary"


class Tolerance(models.TextChoices):
    """How the amount that is needed has changed."""

    RISING = "rising", "Rising"
    STABLE = "stable", "Stable"
    FALLING = "falling", "Falling"
    UNKNOWN = "unknown", "Unknown"


class UseSetting(models.TextChoices):
    """Where, and with whom, somebody uses."""

    ALONE = "alone", "Alone"
    FRIENDS = "friends", "At home with others"
    PARTY = "party", "Club, party or festival"
    PUBLIC = "public", "In public or outdoors"
    WORK = "work", "At work or school"
    CLINIC = "clinic", "In a clinic, supervised"
    OTHER = "other", "Elsewhere"
    UNKNOWN = "unknown", "Unknown"


class Source(models.TextChoices):
    """Who said so."""

    PERSON = "person", "The person"
    AMBULANCE = "ambulance", "Ambulance"
    HOSPITAL = "hospital", "Hospital"
    OTHER_PROVIDER = "other_provider", "Another provider"
    BYSTANDER = "bystander", "Somebody who was there"
    TEST = "test", "A test"


class Scope(models.TextChoices):
    """What a person has agreed to be written to about."""

    CHECK_IN = "check_in", "Check-ins"
    APPOINTMENT = "appointment", "Appointments"
    CRISIS = "crisis", "Crisis and safety"


class Channel(models.TextChoices):
    """How a person is reached."""

    EMAIL = "email", "Email"
    PHONE = "phone", "Phone"


class Language(models.TextChoices):
    """Languages messages are written in."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"
