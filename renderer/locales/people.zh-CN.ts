/** The texts of home about groups, colleagues to invite and the own profile, in simplified Chinese. */
import type * as english from './people.en';
import type { Texts } from './texts';

export const group: Texts<typeof english.group> = {
  list: '群组',
  new: '新建群组',
  none: '还没有群组。可以把经常通话的人放进一个群组，方便查找。',
  showAll: '显示全部 {count} 个群组',
  size: '没有成员 | 1 人 | {count} 人',
  name: '群组名称',
  members: '成员',
  membersOf: '{name}的成员',
  add: '搜索要添加的人',
  found: '可添加的人',
  remove: '移除{name}',
  offline: '联系人尚未加载。请在连上服务器后重新输入。',
  create: '创建群组',
  edit: '编辑',
  editTitle: '编辑群组',
  save: '保存',
  cancel: '取消',
  leave: '退出群组',
  leaveQuestion: '退出{name}？',
  leaveMeaning: '你退出后，群组仍会保留。任何成员都可以再次添加你。',
  onlyYou: '群组里只有你。点“编辑”添加成员。',
  incomplete: '部分姓名尚未加载，连上服务器后会自动显示。',
  missing: {
    name: '请输入群组名称。',
    members: '请至少选择一个人。你本来就在群组里。',
  },
};

export const favourite: Texts<typeof english.favourite> = {
  list: '常用联系人',
  add: '常用联系人',
  on: '设为常用联系人（Ctrl+D）',
  off: '取消常用联系人（Ctrl+D）',
  tooMany: '常用联系人已达上限 {count} 人。请先取消一位。',
};

export const groupProblem: Texts<typeof english.groupProblem> = {
  offline: '未作更改：服务器没有响应。请在连上服务器后重试。',
  'user-unknown': '你选择的人中有人已不在服务器上。请移除后再保存。',
  'group-unknown': '你已不在此群组中。请让群组成员重新添加你。',
  'too-many': '群组人数过多，或有人加入的群组已达上限。请减少人数。',
  'rate-limited': '更改过于频繁。请等一分钟后再试。',
  'server-error': '未作更改：服务器出了点问题。请稍后重试。',
};

export const invite: Texts<typeof english.invite> = {
  title: '添加同事',
  lead: '把链接发给同事。对方在装有 Peal 的电脑上打开链接，就会加入此服务器并出现在你的列表中。',
  address: '同事的电脑在哪里',
  here: '仅限这台电脑',
  network: '在你的网络中，地址 {address}',
  opens: '之后 Peal 会用自己的加密密钥接受来自你所在网络的连接。',
  loading: '正在查找本机地址…',
  make: '生成链接',
  pending: '正在生成链接…',
  link: '邀请链接',
  copy: '复制',
  copied: '已复制，发给同事吧。',
  notCopied: '无法复制。请选中链接，然后按 Ctrl+C。',
  validity: '仅可使用一次，有效期至 {time}。',
  another: '再生成一个链接',
  done: '完成',
};

export const inviteProblem: Texts<typeof english.inviteProblem> = {
  offline: '尚未生成链接：服务器没有响应。请在连上服务器后重试。',
  'not-allowed': '此服务器只能由管理员添加用户。请联系管理员为同事开通账号。',
  'too-many': '未使用的邀请过多。请先发出其中一个，或等最早的邀请过期。',
  'rate-limited': '生成链接过于频繁。请等一分钟后再试。',
  'embedded-failed': '从你的网络无法连接本机服务器。请检查网络连接，然后重试。',
  'server-error': '尚未生成链接：服务器出了点问题。请稍后重试。',
};

export const profile: Texts<typeof english.profile> = {
  name: '你的名字',
  nameHint: '同事会在列表中和你来电时看到它。',
  save: '保存名字',
  saved: '已保存。',
  picture: '你的头像',
  choose: '选择头像…',
  change: '更换头像…',
  remove: '移除头像',
  crop: '选择显示区域',
  cropHint: '拖动图片，或用方向键移动。',
  cropped: '图片的显示区域',
  zoom: '大小',
  use: '使用头像',
  cancel: '取消',
  missing: '请输入你的名字，方便对方知道是谁来电。',
  notAPicture: 'Peal 无法读取此文件。请选择 PNG、JPEG 或 WebP 图片。',
  tooLarge: '无法将此图片压缩到足够小。请换一张。',
};

export const profileProblem: Texts<typeof english.profileProblem> = {
  offline: '未作更改：服务器没有响应。请在连上服务器后重试。',
  'rate-limited': '更改过于频繁。请等一分钟后再试。',
  'server-error': '未作更改：服务器出了点问题。请稍后重试。',
};

export const status: Texts<typeof english.status> = {
  online: '在线',
  onlineByHours: '在线：免打扰时段内不可用，可在设置中更改时段',
  quiet: {
    'half-hour': '30 分钟',
    hour: '1 小时',
    morning: '到明天早上',
    open: '直到我关闭',
  },
  hours: '免打扰时段…',
  byHand: { until: '勿扰至 {time}。', open: '勿扰已开启。' },
  byHours: { until: '免打扰时段至 {time}。', open: '免打扰时段。' },
  bySystem: '这台电脑的系统已开启勿扰。',
  onlineBySystem: '在线：关闭这台电脑系统的勿扰后可用',
  settings: '设置…',
  nothing: '来电不会响铃，可在最近通话中查看。',
  onlyFavourites: '只有常用联系人来电会响铃。',
  switchOff: '关闭',
  both: '{first}{second}',
};

export const menu: Texts<typeof english.menu> = {
  open: '菜单',
  settings: '设置',
  invite: '添加同事',
  signOut: '退出登录',
  quit: '退出 Peal',
};

export const signOut: Texts<typeof english.signOut> = {
  title: '退出登录？',
  meaning:
    '退出后，这台电脑将接不到来电。重新登录需要用户名和密码；如果你是通过邀请加入的，则没有密码，需要同事重新邀请，并以新用户身份加入。',
  stay: '留下',
  confirm: '退出登录',
};
