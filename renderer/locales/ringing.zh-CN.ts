/** How calls ring, when they do not, and what is said while declining, in simplified Chinese. */
import type * as english from './ringing.en';
import type { Texts } from './texts';

export const ringing: Texts<typeof english.ringing> = {
  title: '响铃',
  volume: '铃声音量',
  percent: '{percent}%',
  silent: '音量为 0% 时来电不出声，仍会显示来电卡片和通知。',
  tone: '铃声',
  tones: {
    peal: '钟声',
    classic: '经典电话',
    marimba: '马林巴',
    soft: '柔和',
    pulse: '脉冲',
  },
  both: '同时在通话扬声器上响铃',
  bothHint: '在“设备”中选择这些扬声器。',
  keys: '响铃时处处可用的按键',
  keysLead: '其他程序在前台时也能接听。只有来电响铃时 Peal 才占用这些按键。',
  accept: '接听',
  decline: '拒绝',
  noKeys: '未设置',
  press: '请按下新的按键…按 Esc 保留原来的按键。',
  unfit: '请按住 Ctrl、Alt 或 Super 再按字母，或使用功能键。',
  sameKeys: '这些按键已用于另一项操作。请选择其他按键。',
  change: '更改“{what}”的按键：{keys}',
  clear: '移除',
  clearOf: '移除“{what}”的按键',
  reset: '恢复默认按键',
  keyState: {
    taken: '这些按键已被其他程序占用，目前无法接听来电。请选择其他按键。',
    unsure: '在此桌面（Wayland）上，其他程序在前台时 Peal 可能收不到按键。来电卡片始终可用。',
  },
  own: '铃声：{tone}',
  asUsual: '与其他人相同（{tone}）',
};

export const quiet: Texts<typeof english.quiet> = {
  title: '勿扰',
  lead: '你的所有设备都不响铃。来电者会得知你不希望被打扰，来电会保留在“最近通话”中。',
  now: '现在',
  isOnUntil: '已开启，到{time}为止。',
  isOn: '已开启，直到你关闭。',
  isForever: '整周一直开启，没有间断。可在“每周”下更改时段，或关闭它们。',
  isByHours: '正处于免打扰时段：要提前结束，请更改“每周”下的时段。',
  isOff: '已关闭，来电照常响铃。',
  isBySystem:
    '这台电脑的系统已开启勿扰，来电在这里不响铃。请在系统中关闭，或用下方最后一个开关让 Peal 照常响铃。',
  schedule: '每周',
  hasSchedule: '在以下时段不要打扰我',
  days: '星期',
  from: '开始',
  to: '结束',
  nextDay: '到第二天结束。',
  allDay: '持续一整天：开始与结束时间相同。',
  zone: '时间以 {zone} 为准。',
  favourites: '收藏的联系人照常响铃',
  favouritesHint: '在联系人列表中点星形图标即可收藏。',
  system: '跟随这台电脑的勿扰状态',
  systemHint: '系统关闭通知时，这台电脑不响铃，你的其他设备照常响铃。',
};

export const reply: Texts<typeof english.reply> = {
  open: '拒绝并回复…',
  question: '拒绝并回复{name}',
  back: '返回来电',
  callBack: '我 10 分钟后给你回电。',
  meeting: '我在开会，稍后给你发消息。',
  onMyWay: '我正在去找你的路上。',
  title: '拒绝时的回复',
  lead: '在“拒绝并回复…”中提供。来电者会在通话窗口中看到。',
  field: '回复 {number}',
  add: '添加回复',
  remove: '移除回复 {number}',
  reset: '恢复默认回复',
  full: '回复数量已达上限。',
};

export const callReach: Texts<typeof english.callReach> = {
  ringing: '正在{name}的 {count} 台设备上响铃…',
  unreachable: '暂时无法接通{name}，对方上线后会立即响铃。',
  silenced: '{name}不希望被打扰，之后会看到你的来电。',
};
