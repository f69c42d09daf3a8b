use exchange::{Code, RequestMessage};
use serde_json::Value;
use testkit::on_both;
use tracker::Manner;

use crate::world::{POLICE, STRANGER, Town};

fn get(town: &Town, path: &str, query: Option<&str>) -> (Code, Value) {
    let request = town.request("read", &Value::Null);
    let request = RequestMessage { method: "GET".into(), path: format!("/r1/{path}"), query: query.map(str::to_owned), body: Vec::new(), ..request };
    let reply = town.gateway.answer(town.signed(request));
    (reply.code, serde_json::from_slice(&reply.response.body).unwrap())
}

#[test]
fn members_methods_and_rights_are_told() {
    on_both(|database| {
        let town = Town::new(database);
        let (_, clients) = get(&town, &format!("{POLICE}/listClients"), None);
        assert_eq!(clients["member"].as_array().unwrap().len(), 3);
        let (_, methods) = get(&town, &format!("{POLICE}/listMethods"), None);
        assert_eq!(methods["service"][0]["service_code"], "person");
        assert_eq!(methods["service"][0]["endpoint_list"].as_array().unwrap().len(), 4);
        let allowed = || get(&town, &format!("{POLICE}/allowedMethods"), None).1["service"].as_array().unwrap().len();
        assert_eq!(allowed(), 0);
        town.may(STRANGER, &[Manner::Full], false);
        assert_eq!(allowed(), 1);
    });
}

#[test]
fn the_interface_of_a_service_is_told_as_openapi() {
    on_both(|database| {
        let town = Town::new(database);
        let (code, document) = get(&town, &format!("{POLICE}/getOpenAPI"), Some("serviceCode=person"));
        assert_eq!(code, Code::Answered);
        assert_eq!(document["openapi"], "3.1.0");
        assert_eq!(document["components"]["schemas"]["Record"]["properties"]["age"]["type"], "integer");
        assert_eq!(get(&town, &format!("{POLICE}/getOpenAPI"), Some("serviceCode=other")).0, Code::ServiceUnknown);
    });
}
