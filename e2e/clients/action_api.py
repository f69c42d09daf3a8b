"""The real client of CKAN against a running node of the example county: python action_api.py http://127.0.0.1:8080 [developer key].

With a key of a clerk of the office of transport a dataset is prepared too. Prints what was tried; ends with 1 at the first surprise.
"""

import io
import sys
import time

import requests
from ckanapi import NotAuthorized, NotFound, RemoteCKAN, SearchQueryError, ValidationError


def expect(what, holds):
    print(("ok   " if holds else "FAIL ") + what)
    if not holds:
        sys.exit(1)


def refused(kind, call):
    try:
        call()
    except kind:
        return True
    return False


def main(url, key=None):
    for get_only in (False, True):
        site = RemoteCKAN(url, get_only=get_only)
        act = site.action
        expect("status_show", act.status_show()["site_url"] != "")
        names = act.package_list()
        expect("package_list: %d" % len(names), len(names) >= 25)
        expect("package_list by pages", act.package_list(limit=3, offset=2) == names[2:5])
        found = act.package_search(q="公交", rows=5, **{"facet.field": '["organization", "tags"]'})
        expect("package_search: %d" % found["count"], found["count"] >= 1 and found["facets"]["organization"])
        expect("package_search fq", act.package_search(fq="groups:tran", rows=0)["count"] >= 1)
        package = act.package_show(id="bus-stops")
        resource = package["resources"][0]
        expect("package_show", package["name"] == "bus-stops" and resource["datastore_active"])
        expect("resource_show", act.resource_show(id=resource["id"])["package_id"] == package["id"])
        rows = act.datastore_search(resource_id=resource["id"], limit=3, sort="lines desc")
        expect("datastore_search: %d" % rows["total"], len(rows["records"]) == 3 and rows["total"] > 100)
        begun = requests.get(resource["url"], stream=True)
        first = begun.raw.read(100)
        rest = requests.get(resource["url"], headers={"Range": "bytes=100-", "If-Range": begun.headers["ETag"]})
        expect("a download that broke goes on", rest.status_code == 206 and first + rest.content == requests.get(resource["url"]).content)
        filtered = act.datastore_search(resource_id=resource["id"], filters='{"town": "城关镇"}', limit=1)
        expect("datastore_search filters", filtered["records"][0]["town"] == "城关镇")
        sql = 'SELECT town, count(*) AS n FROM "%s" GROUP BY town ORDER BY n DESC' % resource["id"]
        expect("datastore_search_sql", sum(row["n"] for row in act.datastore_search_sql(sql=sql)["records"]) == rows["total"])
        expect("organization_list", "transport" in act.organization_list())
        expect("organization_show", act.organization_show(id="transport")["package_count"] >= 1)
        expect("group_list", "tran" in act.group_list())
        expect("tag_list", "公交" in act.tag_list())
        expect("license_list", act.license_list()[0]["id"] == "open")
        expect("NotFound", refused(NotFound, lambda: act.package_show(id="no-such-dataset")))
        expect("SearchQueryError", refused(SearchQueryError, lambda: act.package_search(fq="nonsense:1")))
        evil = 'DELETE FROM "%s"' % resource["id"]
        expect("NotAuthorized (SQL)", refused(NotAuthorized, lambda: act.datastore_search_sql(sql=evil)))
        expect("NotAuthorized (write)", get_only or refused(NotAuthorized, lambda: act.package_create(name="x")))
    if key:
        act = RemoteCKAN(url, apikey=key).action
        expect("ValidationError", refused(ValidationError, lambda: act.package_create(name="X Y", owner_org="transport", title="x", notes="x")))
        name = "client-%d" % time.time()
        made = act.package_create(name=name, owner_org="transport", title="客户端测试", notes="由客户端创建")
        lines = io.BytesIO(b"line,stops\n1,12\n2,15\n")
        lines.name = "lines.csv"
        resource = act.resource_create(package_id=made["id"], name="线路", upload=lines)
        expect("resource_create with a file", resource["format"] == "CSV")
        handed = act.package_patch(id=made["id"], state="active")
        expect("package_patch hands in", handed["workflow_state"] in ("submitted", "scanned"))
        expect("NotFound before two approvals", refused(NotFound, lambda: RemoteCKAN(url).action.package_show(id=name)))
    print("all as CKAN answers")


if __name__ == "__main__":
    main(*sys.argv[1:])
