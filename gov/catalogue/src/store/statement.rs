use store::{Bind, Row, StoreError, Tx};

/// A statement that grows, and its parameters.
pub(super) struct Statement {
    text: String,
    parameters: Vec<Box<dyn Bind>>,
}

impl Statement {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), parameters: Vec::new() }
    }

    /// Adds a parameter; returns its name in the text.
    pub fn bind(&mut self, value: impl Bind + 'static) -> String {
        self.parameters.push(Box::new(value));
        format!("${}", self.parameters.len())
    }

    /// Adds parameters; returns their names, separated by commas.
    pub fn bind_all(&mut self, values: impl IntoIterator<Item = String>) -> String {
        let names: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        names.join(", ")
    }

    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub fn query(&self, tx: &mut Tx<'_>) -> Result<Vec<Row>, StoreError> {
        let parameters: Vec<&dyn Bind> = self.parameters.iter().map(|value| &**value).collect();
        tx.query(&self.text, &parameters)
    }

    pub fn execute(&self, tx: &mut Tx<'_>) -> Result<u64, StoreError> {
        let parameters: Vec<&dyn Bind> = self.parameters.iter().map(|value| &**value).collect();
        tx.execute(&self.text, &parameters)
    }
}
