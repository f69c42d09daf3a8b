//! The elements and attributes the parser knows, and those it knows to be for later.

/// What may stand on and in a flow node.
pub(super) struct Words {
    /// BPMN attributes.
    pub plain: &'static [&'static str],
    /// Attributes of the product's namespace; `None` allows any (an action's own parameters).
    pub own: Option<&'static [&'static str]>,
    /// Child elements beside `incoming`, `outgoing`, `documentation`.
    pub children: &'static [&'static str],
}

const NONE: &[&str] = &[];
const TASK: &[&str] = &["id", "name", "default", "isForCompensation", "startQuantity", "completionQuantity", "implementation"];
const CATCHES: &[&str] = &["timerEventDefinition", "messageEventDefinition"];

/// Flow nodes that are executed.
pub(super) fn node_words(name: &str) -> Option<Words> {
    let words = |plain, own, children| Some(Words { plain, own, children });
    match name {
        "startEvent" => words(&["id", "name", "isInterrupting"], Some(&["name-en"]), NONE),
        "endEvent" => words(&["id", "name"], Some(&["name-en", "outcome"]), &["errorEventDefinition", "terminateEventDefinition"]),
        "intermediateCatchEvent" => words(&["id", "name", "parallelMultiple"], Some(&["name-en", "calendar"]), CATCHES),
        "intermediateThrowEvent" => words(&["id", "name"], Some(&["name-en"]), NONE),
        "boundaryEvent" => words(
            &["id", "name", "attachedToRef", "cancelActivity", "parallelMultiple"],
            Some(&["name-en", "calendar"]),
            &["timerEventDefinition", "messageEventDefinition", "errorEventDefinition"],
        ),
        "userTask" => words(TASK, Some(&["name-en", "kind", "limit-workdays", "officers"]), NONE),
        "serviceTask" => words(
            &["id", "name", "default", "isForCompensation", "startQuantity", "completionQuantity", "implementation", "operationRef"],
            None,
            NONE,
        ),
        "businessRuleTask" => words(TASK, Some(&["name-en", "table", "decision"]), NONE),
        "receiveTask" => words(
            &["id", "name", "default", "isForCompensation", "startQuantity", "completionQuantity", "implementation", "messageRef", "instantiate"],
            Some(&["name-en", "limit-workdays"]),
            NONE,
        ),
        "scriptTask" => words(
            &["id", "name", "default", "isForCompensation", "startQuantity", "completionQuantity", "scriptFormat"],
            Some(&["name-en", "set"]),
            &["script"],
        ),
        "exclusiveGateway" | "inclusiveGateway" => words(&["id", "name", "default", "gatewayDirection"], Some(&["name-en"]), NONE),
        "parallelGateway" => words(&["id", "name", "gatewayDirection"], Some(&["name-en"]), NONE),
        "eventBasedGateway" => words(&["id", "name", "gatewayDirection", "instantiate", "eventGatewayType"], Some(&["name-en"]), NONE),
        "subProcess" => words(
            &["id", "name", "default", "isForCompensation", "startQuantity", "completionQuantity", "triggeredByEvent"],
            Some(&["name-en", "limit-workdays"]),
            NONE,
        ),
        "callActivity" => words(
            &["id", "name", "default", "isForCompensation", "startQuantity", "completionQuantity", "calledElement"],
            Some(&["name-en", "limit-workdays"]),
            NONE,
        ),
        _ => None,
    }
}

/// Attributes whose only accepted value is the one that changes nothing: (attribute, value).
pub(super) const NEUTRAL: &[(&str, &str)] = &[
    ("isForCompensation", "false"),
    ("startQuantity", "1"),
    ("completionQuantity", "1"),
    ("triggeredByEvent", "false"),
    ("instantiate", "false"),
    ("eventGatewayType", "Exclusive"),
    ("parallelMultiple", "false"),
    ("isInterrupting", "true"),
];

/// Drawn remarks without meaning for the run.
pub(super) const REMARKS: &[&str] = &["documentation", "textAnnotation", "association", "group", "category"];

/// BPMN 2.0 elements that exist but are not executed yet; they get a sentence of their own.
pub(super) const LATER: &[&str] = &[
    "task",
    "manualTask",
    "sendTask",
    "complexGateway",
    "transaction",
    "adHocSubProcess",
    "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics",
    "signal",
    "escalation",
    "signalEventDefinition",
    "escalationEventDefinition",
    "conditionalEventDefinition",
    "compensateEventDefinition",
    "cancelEventDefinition",
    "linkEventDefinition",
    "timerEventDefinition",
    "messageEventDefinition",
    "errorEventDefinition",
    "terminateEventDefinition",
    "timeDate",
    "timeCycle",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
    "dataStore",
    "ioSpecification",
    "property",
    "resource",
    "performer",
    "humanPerformer",
    "potentialOwner",
    "interface",
    "import",
    "itemDefinition",
    "correlationSubscription",
];
