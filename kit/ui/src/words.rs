//! The words that components say on their own, in both languages. English follows govuk-frontend.
use i18n::Lang;

pub(crate) struct Word {
    zh: &'static str,
    en: &'static str,
}

impl Word {
    pub(crate) const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::ZhHans => self.zh,
            Lang::En => self.en,
        }
    }
}

macro_rules! words {
    ($($name:ident = $zh:literal, $en:literal;)*) => { $(pub(crate) const $name: Word = Word { zh: $zh, en: $en };)* };
}

words! {
    BACK = "返回", "Back";
    BREADCRUMB = "当前位置", "Breadcrumb";
    CONTENTS = "目录", "Contents";
    DAY = "日", "Day";
    MONTH = "月", "Month";
    YEAR = "年", "Year";
    ERROR = "错误", "Error";
    ERROR_TITLE = "有几处需要改正", "There is a problem";
    IMPORTANT = "重要提示", "Important";
    SUCCESS = "办理成功", "Success";
    WARNING = "警告", "Warning";
    MENU = "菜单", "Menu";
    SERVICE_INFORMATION = "服务信息", "Service information";
    NEXT = "下一", "Next";
    PREVIOUS = "上一", "Previous";
    PAGE_SUFFIX = "页", " page";
    PAGINATION = "分页", "Pagination";
    SHOW = "显示", "Show";
    SHOW_PASSWORD = "显示密码", "Show password";
    LANGUAGE = "语言", "Language";
    FILTER = "筛选", "Filter";
    APPLY_FILTERS = "应用筛选", "Apply filters";
    SELECTED_FILTERS = "已选条件", "Selected filters";
    CLEAR_FILTERS = "清除全部", "Clear filters";
    REMOVE_FILTER = "移除条件", "Remove this filter";
    LIGHT_GREEN = "期限内", "In time";
    LIGHT_YELLOW = "临近期限", "Near the limit";
    LIGHT_RED = "已超期", "Overdue";
    LIGHT_PAUSED = "暂停计时", "Clock paused";
    LIGHT_DONE = "已办结", "Done";
    STEP_DONE = "（已完成）", "(done)";
    STEP_CURRENT = "（进行中）", "(current step)";
    STEP_TODO = "（未开始）", "(not started)";
    PROOF_TITLE = "存证凭证", "Proof of record";
    PROOF_UNCHECKED = "正在核验；如浏览器未启用脚本，可下载凭证离线核验。", "Checking. Without script, download the receipt and check it offline.";
    PROOF_HOLDS = "核验通过：本记录已写入日志，未被改动。", "Verified: this record stands in the log unaltered.";
    PROOF_BROKEN = "核验不通过：凭证与日志不一致，请向受理机关反映。", "Not verified: the receipt does not match the log. Please tell the office.";
    PROOF_PENDING = "已登记，等待写入检查点，通常不超过一分钟。刷新本页可查看结果。", "Recorded; waiting for the next checkpoint, usually within a minute. Reload this page.";
    PROOF_RAW = "查看凭证原文", "Show the receipt";
    PROOF_DOWNLOAD = "下载凭证", "Download the receipt";
    PROOF_HOW = "如何核验", "How to check it";
    SEARCH = "搜索", "Search";
    OFTEN_SEARCHED = "热门搜索：", "Often searched:";
    VERY_SATISFIED = "非常满意", "Very satisfied";
    SATISFIED = "满意", "Satisfied";
    FAIRLY_SATISFIED = "基本满意", "Fairly satisfied";
    DISSATISFIED = "不满意", "Dissatisfied";
    VERY_DISSATISFIED = "非常不满意", "Very dissatisfied";
    SKIP = "跳到主要内容", "Skip to main content";
    SIGN_IN = "登录 / 注册", "Sign in or register";
    SIGN_OUT = "退出登录", "Sign out";
    ELDER_ON = "长者版", "Large print";
    ELDER_OFF = "标准版", "Standard view";
    ERROR_TITLE_PREFIX = "错误：", "Error: ";
    MAIN_NAVIGATION = "主导航", "Main navigation";
    CASE_FACTS = "办件概要", "The case at a glance";
    WORKSPACE = "工作台", "Workspace";
    HELP_TITLE = "需要帮忙吗", "Need help?";
    CALL = "拨打", "Call";
    PROXY_HELP = "请人代办", "Ask someone to apply for you";
    SPONSOR = "主办单位", "Sponsored by";
    OPERATOR = "承办单位", "Operated by";
    CONTACT = "联系方式", "Contact";
    SITE_CODE = "网站标识码", "Site code";
    REPORT_ERROR = "政府网站找错", "Report an error on this site";
    SITE_MAP = "网站地图", "Site map";
    ABOUT_SITE = "关于本站", "About this site";
    PROBLEM_REFERENCE = "问题编号", "Reference";
    OFFLINE_TITLE = "网络已断开", "You are offline";
    OFFLINE_BODY = "请检查网络后刷新本页。已保存的草稿和已提交的办件不受影响。", "Check the network and reload. Saved drafts and submitted cases are safe.";
    HOME = "返回首页", "Go to the home page";
    FILE_TOO_LARGE = "文件超过 %{size}，请压缩后或换一个文件再上传。", "The file is larger than %{size}. Choose a smaller one.";
    FILE_WRONG_TYPE = "不支持这种文件，请上传 %{types} 格式的文件。", "This kind of file is not accepted. Choose one of: %{types}.";
}

/// `Page 3`, `第 3 页`.
pub(crate) fn page_number(lang: Lang, number: &str) -> String {
    match lang {
        Lang::ZhHans => format!("第 {number} 页"),
        Lang::En => format!("Page {number}"),
    }
}
