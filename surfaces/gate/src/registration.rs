//! A person registers: the person is found in or added to the register of persons, then an account is opened.

use clock::Date;
use parties::{DivisionCode, IdentityNumber, PersonId, RegisterPerson, SealedPerson, parse_mobile};
use runner::{Actor, ActorKind, Halt, Refusal};
use seal::OsEntropy;
use store::Tx;
use trust::{AccountId, AccountKind, Assurance, LoginName, NewAccount, Password, RegisterAccount, password_problem};

use crate::{App, Form};

/// In whose name people who register themselves are added to the register of persons. What they say about themselves stays
/// what they said (assurance 1) until a counter has checked it.
const SELF_REGISTRATION: &str = "self-registration";
/// 个人信息保护法 第三十一条
const OWN_ACCOUNT_AGE_MIN: u16 = 14;

/// What somebody says who registers.
#[derive(Clone)]
pub struct Registration {
    /// Full name.
    pub name: String,
    /// Identity number.
    pub identity_number: String,
    /// Mobile number.
    pub mobile: String,
    /// Address.
    pub address: String,
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
    /// The same again.
    pub password_again: String,
}

/// What was typed, as it is compared and stored.
struct Applicant {
    name: String,
    number: IdentityNumber,
    mobile: String,
    address: String,
}

impl Registration {
    pub(crate) fn of(form: &Form) -> Self {
        let text = |name| form.text(name).to_owned();
        let password = |name| form.get(name).unwrap_or_default().to_owned();
        Self {
            name: text("name"),
            identity_number: text("identity_number"),
            mobile: text("mobile"),
            address: text("address"),
            login: text("login"),
            password: password("password"),
            password_again: password("password_again"),
        }
    }

    /// Everything that is wrong, at once.
    fn check(&self, today: Date) -> Result<Applicant, Refusal> {
        let mut refusal = Refusal::new(
            "input-invalid",
            "有几处填写需要改正。",
            "Some fields need correction.",
            "请按提示改正后重新提交。",
            "Correct them and send again.",
        );
        let mut wrong =
            |field: &str, zh: &str, en: &str| refusal.fields.push(runner::FieldRefusal { field: field.into(), zh: zh.into(), en: en.into() });
        for (field, value) in [("name", &self.name), ("address", &self.address)] {
            if value.is_empty() {
                wrong(field, "请填写这一项", "Fill this in");
            }
        }
        let number = IdentityNumber::parse_on(&self.identity_number, today)
            .map_err(|problem| wrong("identity_number", &problem.sentence.zh, &problem.sentence.en))
            .ok();
        let mobile = parse_mobile(&self.mobile).map_err(|problem| wrong("mobile", &problem.sentence.zh, &problem.sentence.en)).ok();
        if LoginName::parse(&self.login).is_none() {
            wrong("login", "账号名须为 3 至 64 位字母、数字、点、横线、下划线或 @", "3 to 64 letters, digits, dots, hyphens, underscores or @");
        }
        for problem in Password::new(self.password.as_str()).problems(&self.login) {
            let (zh, en) = password_problem(problem);
            wrong("password", zh, en);
        }
        if self.password != self.password_again {
            wrong("password_again", "两次输入的密码不一样", "The two passwords are not the same");
        }
        match (number, mobile) {
            (Some(number), Some(mobile)) if refusal.fields.is_empty() => {
                Ok(Applicant { name: self.name.clone(), number, mobile, address: self.address.clone() })
            }
            _ => Err(refusal),
        }
    }
}

/// Opens an account for the person, or says what is wrong.
///
/// # Errors
/// The refusal, with the field each mistake is in; the database's fault.
pub async fn register(app: &App, typed: &Registration) -> Result<AccountId, Halt> {
    let applicant = typed.check(app.today())?;
    if applicant.number.age(app.today()) < OWN_ACCOUNT_AGE_MIN {
        return Err(too_young().into());
    }
    refuse_taken_login(app, &typed.login).await?;
    let (person, assurance) = match known_person(app, &applicant).await? {
        Some(known) => known,
        None => (add_person(app, &applicant).await?, Assurance::Declared),
    };
    let account = NewAccount { login: typed.login.clone(), kind: AccountKind::Person, party: Some(person.to_string()), staff: None, assurance };
    let password = Password::new(typed.password.as_str());
    let command = app.blocking(move || RegisterAccount::prepare(account, &password, &mut OsEntropy)).await??;
    Ok(app.run(Actor::anonymous(), None, command).await?.outcome)
}

/// Before anything is written, so that a taken name leaves nothing behind.
async fn refuse_taken_login(app: &App, login: &str) -> Result<(), Halt> {
    let Some(login) = LoginName::parse(login) else { return Ok(()) };
    let taken = app.query(move |tx| Ok(trust::queries::account_of_login(tx, &login)?.is_some())).await?;
    if taken { Err(login_taken().into()) } else { Ok(()) }
}

/// The person in the register, when name and mobile number agree with it; who only knows the number of somebody else gets no account.
async fn known_person(app: &App, applicant: &Applicant) -> Result<Option<(PersonId, Assurance)>, Halt> {
    let (keys, number) = (std::sync::Arc::clone(&app.keys), applicant.number.clone());
    let (name, mobile) = (applicant.name.clone(), applicant.mobile.clone());
    app.query(move |tx| {
        let Some(sealed) = parties::person_by_identity_number(tx, &keys, &number)? else { return Ok(None) };
        let person = sealed.open(&keys, &tracker::in_process("registration compares name and number")).map_err(Halt::fault)?;
        if person.name != name || person.mobile.as_deref().is_some_and(|known| known != mobile) {
            return Err(not_in_agreement().into());
        }
        let assurance = assurance_of(tx, &sealed)?;
        Ok(Some((sealed.id, assurance)))
    })
    .await
}

/// What an office registered, with a mobile number to compare, makes the identity a checked one; what people said themselves does not.
fn assurance_of(tx: &mut Tx<'_>, person: &SealedPerson) -> Result<Assurance, Halt> {
    let entries = journal::entries_of(tx, person.id.as_str())?;
    let by_office = entries.first().is_some_and(|first| first.header.actor != SELF_REGISTRATION);
    if by_office && person.mobile.is_some() { Ok(Assurance::Checked) } else { Ok(Assurance::Declared) }
}

async fn add_person(app: &App, applicant: &Applicant) -> Result<PersonId, Halt> {
    let division =
        DivisionCode::parse(&app.settings.division).map_err(|_| runner::Fault::because("expected the settings to name the division by its code"))?;
    let command = RegisterPerson {
        name: applicant.name.clone(),
        identity_number: applicant.number.as_str().to_owned(),
        division,
        address: applicant.address.clone(),
        mobile: Some(applicant.mobile.clone()),
    };
    let office = Actor::bare(SELF_REGISTRATION, ActorKind::System);
    Ok(app.run(office, None, command).await?.outcome)
}

fn too_young() -> Refusal {
    Refusal::new(
        "guardian-needed",
        "未满十四周岁的未成年人不能自行注册账号。",
        "Children under fourteen cannot open an account themselves.",
        "请由父母或其他监护人用自己的账号代为办理，或到政务服务窗口办理。",
        "A parent or guardian can act for the child with an account of their own, or come to a service window.",
    )
    .under("个人信息保护法 第三十一条")
    .with_field("identity_number", "未满十四周岁的，由监护人代为办理", "Under fourteen a guardian acts")
}

fn login_taken() -> Refusal {
    Refusal::new("login-taken", "这个账号名已被使用。", "This account name is taken.", "请换一个账号名。", "Choose another name.").with_field(
        "login",
        "这个账号名已被使用",
        "This account name is taken",
    )
}

/// It does not tell which part differs.
fn not_in_agreement() -> Refusal {
    Refusal::new(
        "identity-not-confirmed",
        "填写的姓名、公民身份号码和手机号码与登记信息不一致，无法核实身份。",
        "Name, identity number and mobile number do not agree with the register, so we cannot confirm who you are.",
        "请核对后重试；手机号码已变更的，请携带身份证到政务服务窗口更新。",
        "Check them and try again. If your mobile number has changed, bring your identity card to a service window.",
    )
    .with_field("identity_number", "与登记信息不一致", "Does not agree with the register")
}
