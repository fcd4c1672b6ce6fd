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
    PROPOXYPHENE = "0702", "Propoxyphene"
    OXYCODONE = "0703", "Oxycodone"
    MEPERIDINE = "0704", "Meperidine"
    HYDROMORPHONE = "0705", "Hydromorphone"
    OTHER_OPIOID = "0706", "Morphine or other opioid"
    PENTAZOCINE = "0707", "Pentazocine"
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
    CHLORDIAZEPOXIDE = "1302", "Chlordiazepoxide"
    CLORAZEPATE = "1303", "Clorazepate"
    DIAZEPAM = "1304", "Diazepam"
    FLURAZEPAM = "1305", "Flurazepam"
    LORAZEPAM = "1306", "Lorazepam"
    TRIAZOLAM = "1307", "Triazolam"
    OTHER_BENZODIAZEPINE = "1308", "Other benzodiazepine"
    FLUNITRAZEPAM = "1309", "Flunitrazepam"
    CLONAZEPAM = "1310", "Clonazepam"
    MEPROBAMATE = "1401", "Meprobamate"
    TRANQUILIZER = "1403", "Other tranquilizer"
    PHENOBARBITAL = "1501", "Phenobarbital"
    TUINAL = "1502", "Secobarbital with amobarbital"
    SECOBARBITAL = "1503", "Secobarbital"
    BARBITURATE = "1509", "Other barbiturate"
    ETHCHLORVYNOL = "1601", "Ethchlorvynol"
    GLUTETHIMIDE = "1602", "Glutethimide"
    METHAQUALONE = "1603", "Methaqualone"
    SEDATIVE = "1604", "Other sedative or hypnotic"
    AEROSOL = "1701", "Aerosols"
    NITRITE = "1702", "Nitrites (poppers)"
    INHALANT = "1703", "Gasoline, glue, other inhalant"
    SOLVENT = "1704", "Solvents"
    NITROUS = "1705", "Anesthetic gas, nitrous oxide"
    DIPHENHYDRAMINE = "1801", "Diphenhydramine"
    DXM = "1809", "Over-the-counter, including DXM"
    PHENYTOIN = "2001", "Phenytoin"
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
        Substance.PROPOXYPHENE,
        Substance.OXYCODONE,
        Substance.MEPERIDINE,
        Substance.HYDROMORPHONE,
        Substance.OTHER_OPIOID,
        Substance.PENTAZOCINE,
        Substance.HYDROCODONE,
        Substance.TRAMADOL,
        Substance.BUPRENORPHINE,
    }
)
BENZODIAZEPINES = frozenset(
    {
        Substance.ALPRAZOLAM,
        Substance.CHLORDIAZEPOXIDE,
        Substance.CLORAZEPATE,
        Substance.DIAZEPAM,
        Substance.FLURAZEPAM,
        Substance.LORAZEPAM,
        Substance.TRIAZOLAM,
        Substance.OTHER_BENZODIAZEPINE,
        Substance.FLUNITRAZEPAM,
        Substance.CLONAZEPAM,
    }
)
# Barbiturates and what acts like them: stopping suddenly brings on seizures and delirium, as with benzodiazepines.
# TEDS has no code for gabapentin or pregabalin; they are written down as another sedative.
SEDATIVES = frozenset(
    {
        Substance.MEPROBAMATE,
        Substance.TRANQUILIZER,
        Substance.PHENOBARBITAL,
        Substance.TUINAL,
        Substance.SECOBARBITAL,
        Substance.BARBITURATE,
        Substance.ETHCHLORVYNOL,
        Substance.GLUTETHIMIDE,
        Substance.METHAQUALONE,
        Substance.SEDATIVE,
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
    NEWSLETTER = "newsletter", "News"


class Channel(models.TextChoices):
    """How a person is reached."""

    EMAIL = "email", "Email"
    SMS = "sms", "Text message"
    PHONE = "phone", "Phone"


BY_NUMBER = frozenset({Channel.SMS, Channel.PHONE})  # the same number may stand once for each


class Language(models.TextChoices):
    """Languages messages are written in."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"


class Sex(models.TextChoices):
    """Sex as recorded in documents."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    ANOTHER = "x", "Another (X)"
    UNKNOWN = "unknown", "Unknown"


class Gender(models.TextChoices):
    """Gender as the person says; their own words stand beside it."""

    WOMAN = "woman", "Woman"
    MAN = "man", "Man"
    NONBINARY = "nonbinary", "Non-binary"
    ANOTHER = "another", "Another"
    DECLINED = "declined", "Would rather not say"
    UNKNOWN = "unknown", "Not asked"


class Known(models.TextChoices):
    """What may be so, and may not have been asked."""

    UNKNOWN = "unknown", "Unknown"
    NO = "no", "No"
    YES = "yes", "Yes"


NOT_COLLECTED = "98"


class Race(models.TextChoices):
    """TEDS race (domain 3.2)."""

    ALASKA_NATIVE = "1", "Alaska Native"
    AMERICAN_INDIAN = "2", "American Indian"
    ASIAN_PACIFIC = "3", "Asian or Pacific Islander"
    BLACK = "4", "Black or African American"
    WHITE = "5", "White"
    ASIAN = "13", "Asian"
    OTHER_SINGLE = "20", "Other single race"
    TWO_OR_MORE = "21", "Two or more races"
    PACIFIC = "23", "Native Hawaiian or other Pacific Islander"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class Ethnicity(models.TextChoices):
    """TEDS ethnicity (domain 3.2)."""

    PUERTO_RICAN = "1", "Puerto Rican"
    MEXICAN = "2", "Mexican"
    CUBAN = "3", "Cuban"
    OTHER_HISPANIC = "4", "Other Hispanic or Latino"
    NOT_HISPANIC = "5", "Not Hispanic or Latino"
    HISPANIC = "6", "Hispanic or Latino, origin not specified"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class Veteran(models.TextChoices):
    """TEDS veteran status (domain 3.2)."""

    YES = "1", "Yes"
    NO = "2", "No"
    NOT_APPLICABLE = "96", "Not applicable"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class Marital(models.TextChoices):
    """TEDS marital status (domain 3.2)."""

    NEVER = "1", "Never married"
    MARRIED = "2", "Married"
    SEPARATED = "3", "Separated"
    DIVORCED = "4", "Divorced"
    WIDOWED = "5", "Widowed"
    NOT_APPLICABLE = "96", "Not applicable"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class Education(models.TextChoices):
    """TEDS education: the last grade or year completed (domain 3.2)."""

    NONE = "0", "Less than one grade"
    GRADE_1 = "1", "Grade 1"
    GRADE_2 = "2", "Grade 2"
    GRADE_3 = "3", "Grade 3"
    GRADE_4 = "4", "Grade 4"
    GRADE_5 = "5", "Grade 5"
    GRADE_6 = "6", "Grade 6"
    GRADE_7 = "7", "Grade 7"
    GRADE_8 = "8", "Grade 8"
    GRADE_9 = "9", "Grade 9"
    GRADE_10 = "10", "Grade 10"
    GRADE_11 = "11", "Grade 11"
    GRADE_12 = "12", "Grade 12 or GED"
    COLLEGE_1 = "13", "1 year after grade 12"
    COLLEGE_2 = "14", "2 years after grade 12"
    COLLEGE_3 = "15", "3 years after grade 12"
    COLLEGE_4 = "16", "4 years after grade 12"
    COLLEGE_5 = "17", "5 years after grade 12"
    COLLEGE_6 = "18", "6 years or more after grade 12"
    VOCATIONAL = "71", "Vocational school"
    PRESCHOOL = "72", "Nursery or preschool"
    KINDERGARTEN = "73", "Kindergarten"
    SPECIAL = "74", "Special education class"
    NOT_APPLICABLE = "96", "Not applicable"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class Living(models.TextChoices):
    """TEDS living arrangement (domain 3.2), with the finer codes that some states ask for: 4 to 13."""

    HOMELESS = "1", "Homeless"
    DEPENDENT = "2", "Dependent"
    INDEPENDENT = "3", "Independent"
    INSTITUTION = "4", "In an institution"
    JUSTICE = "5", "In the justice system: jail, prison"
    DEPENDENT_CARE = "6", "Dependent: residential care"
    DEPENDENT_FOSTER = "7", "Dependent: foster home or foster care"
    DEPENDENT_CRISIS = "8", "Dependent: crisis residence"
    DEPENDENT_INSTITUTION = "9", "Dependent: in an institution"
    DEPENDENT_PRIVATE = "10", "Dependent: private residence"
    DEPENDENT_CARETAKER = "11", "Dependent: with a caretaker"
    FOSTER_FAMILY = "12", "Foster care in a family"
    FOSTER_GROUP = "13", "Foster care in a group home"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class Employment(models.TextChoices):
    """TEDS employment (domain 3.2)."""

    FULL_TIME = "1", "Full time"
    PART_TIME = "2", "Part time"
    UNEMPLOYED = "3", "Unemployed"
    NOT_IN_LABOR_FORCE = "4", "Not in the labor force"
    EMPLOYED = "5", "Employed, hours not specified"
    NOT_APPLICABLE = "96", "Not applicable"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class NotInLaborForce(models.TextChoices):
    """TEDS detail for those not in the labor force (domain 3.2)."""

    HOMEMAKER = "1", "Homemaker"
    STUDENT = "2", "Student"
    RETIRED = "3", "Retired"
    DISABLED = "4", "Disabled"
    INSTITUTION = "5", "In an institution"
    OTHER = "6", "Other"
    SHELTERED = "7", "Sheltered employment"
    NOT_APPLICABLE = "96", "Not applicable"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class Income(models.TextChoices):
    """TEDS primary source of income (domain 3.2); here 96 means none."""

    WAGES = "1", "Wages or salary"
    PUBLIC_ASSISTANCE = "2", "Public assistance"
    RETIREMENT = "3", "Retirement or pension"
    DISABILITY = "4", "Disability"
    OTHER = "95", "Other"
    NONE = "96", "None"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class Insurance(models.TextChoices):
    """TEDS health insurance (domain 3.2)."""

    PRIVATE = "1", "Private"
    MEDICARE = "2", "Medicare"
    MEDICAID = "3", "Medicaid"
    TRICARE = "5", "Tricare"
    OTHER = "6", "Other"
    NONE = "7", "None"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class SelfHelp(models.TextChoices):
    """TEDS attendance at self-help groups in the past 30 days (domain 3.2)."""

    NONE = "1", "None"
    LESS_THAN_WEEKLY = "2", "Less than once a week"
    WEEKLY = "3", "About once a week"
    OFTEN = "4", "2 to 3 times a week"
    MOST_DAYS = "5", "4 times a week or more"
    SOME = "6", "Some, how often is unknown"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class ReferralSource(models.TextChoices):
    """TEDS principal source of referral (domain 3.2)."""

    INDIVIDUAL = "1", "Themselves, family or a friend"
    USE_PROVIDER = "2", "Provider of alcohol or drug treatment"
    HEALTH_PROVIDER = "3", "Other health care, hospital or emergency"
    SCHOOL = "4", "School"
    EMPLOYER = "5", "Employer or its assistance program"
    COMMUNITY = "6", "Other in the community"
    JUSTICE = "7", "Court or criminal justice"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class JusticeReferral(models.TextChoices):
    """TEDS detail of a referral by court or criminal justice (domain 3.2)."""

    STATE_COURT = "1", "State or federal court"
    OTHER_COURT = "2", "Other court, formal adjudication"
    PROBATION = "3", "Probation or parole"
    LEGAL_ENTITY = "4", "Other legal entity: police, corrections, review board"
    DIVERSION = "5", "Diversion program"
    PRISON = "6", "Prison"
    DRIVING = "7", "Driving under the influence"
    OTHER = "8", "Other"
    NOT_APPLICABLE = "96", "Not applicable"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class CoOccurring(models.TextChoices):
    """TEDS co-occurring mental and substance use disorder (domain 3.2)."""

    YES = "1", "Yes"
    NO = "2", "No"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"


class OpioidTherapy(models.TextChoices):
    """TEDS medication-assisted opioid therapy that is planned (domain 3.2); 96 where opioids are no problem."""

    YES = "1", "Yes"
    NO = "2", "No"
    NOT_APPLICABLE = "96", "Not applicable: no opioids"
    UNKNOWN = "97", "Unknown"
    NOT_COLLECTED = "98", "Not collected"
