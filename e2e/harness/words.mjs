// Words on the buttons and links of the citizen pages.
export const W = {
  apply: '在线办理',
  // A second application of the same item is begun beside the first.
  start: /^(开始申请|另外新建一份申请)$/,
  next: '继续',
  save: '保存并继续',
  promise: '本人已阅读并作出以上承诺',
  submit: '提交申请',
  receipt: '查看回执和存证',
  correct: '去补正',
  sendCorrection: '提交补正',
  rate: '评价',
  sendRating: '提交评价',
  ratingComment: '还想说的话（选填）',
  withdraw: '撤回申请',
  reopen: '对答复不满意，要求重新办理',
  reopenReason: '还有什么没有解决？',
  remove: /^移除/,
};
