/** The texts of home before somebody is signed in, in simplified Chinese. */
import type { Texts } from './texts';
import type { welcome as english } from './welcome.en';

export const welcome: Texts<typeof english> = {
  title: '欢迎使用 Peal',
  lead: '通过自己的服务器，与同事直接通话。你想从哪里开始？',
  back: '返回',
  choice: {
    try: '在本机试用',
    join: '加入团队',
    signIn: '登录',
  },
  meaning: {
    try: '一分钟内听到自己的声音，无需服务器和账号。',
    join: '同事给你发来了邀请链接。',
    signIn: '管理员已给你用户名和密码。',
  },
  signIn: {
    title: '登录 Peal',
    lead: '通过自己的服务器，与同事直接通话。',
    server: '服务器',
    serverExample: 'wss://phone.example.com',
    serverHint: '不清楚地址？请咨询管理员。',
    userId: '用户名',
    password: '密码',
    submit: '登录',
    pending: '正在登录…',
    connecting: '正在连接 {server}…',
    connectingHere: '正在启动本机服务器…',
  },
  try: {
    title: '在本机试用 Peal',
    lead: 'Peal 会在本机启动一个小型服务器并为你登录。联系人 Echo 会回放你的声音；之后还可以邀请同事加入。',
    name: '你的名字',
    submit: '开始',
    pending: '正在启动…',
  },
  join: {
    title: '加入团队',
    lead: '请粘贴同事发给你的邀请链接。',
    link: '邀请链接',
    linkExample: 'peal:join?server=…',
    name: '你的名字',
    nameHint: '你呼叫同事时，对方会看到这个名字。',
    submit: '加入',
    pending: '正在加入…',
  },
  leave: {
    title: '加入另一个团队？',
    question: '你已登录{server}。要离开并加入{other}吗？',
    here: '本机服务器',
    unknown: '另一台服务器',
    meaning:
      '你将从当前服务器退出登录，之后只能在新服务器上接到来电。如果你是通过邀请加入的，要回来需要新的邀请。',
    stay: '留下',
    confirm: '离开并加入',
  },
  missing: {
    server: '请输入服务器地址，例如 wss://phone.example.com。',
    userId: '请输入用户名。',
    password: '请输入密码。',
    name: '请输入你的名字，方便对方知道是谁来电。',
    link: '请粘贴邀请链接，它以 peal:join 开头。',
  },
  problem: {
    'bad-address':
      '服务器地址不正确。地址应以 wss:// 开头，例如 wss://phone.example.com，请检查后重试。',
    unreachable: '无法连接到该服务器。请检查地址和网络，然后重试。',
    'bad-credentials': '用户名或密码错误。请重新输入，或联系管理员重置密码。',
    'device-revoked':
      '这台设备已在别处被登出。请重新登录；如果没有密码，请向同事索取新的邀请链接。',
    replaced: '此账号已在本机另一个 Peal 中登录。请先退出它，再重新登录。',
    version: '应用与服务器的版本不兼容。请更新 Peal，或联系管理员升级服务器。',
    'embedded-failed': '本机服务器未能启动。请退出并重新打开 Peal，然后再试一次。',
    'rate-limited': '尝试次数过多。请等一分钟后再试。',
    'bad-link': '这不是邀请链接，或者链接不完整。请复制完整的链接，它以 peal:join 开头。',
    'invitation-void': '此邀请已被使用或已过期。请向同事索取新的链接。',
    'wrong-key':
      '应答的服务器与邀请中的不一致，因此没有向它发送任何内容。请索取新的链接；如果仍不行，请联系管理员。',
    'secret-lost':
      '本机密钥库没有返回你的登录信息。请解锁密钥库后重新打开 Peal，或重新登录；如果没有密码，请向同事索取新的邀请链接。',
    'server-error': '服务器出了点问题。请稍后重试；如果仍不行，请联系管理员。',
  },
  joinProblem: {
    'bad-address': '从这里无法使用此链接中的地址。请向同事索取使用其他地址的链接。',
    unreachable: '邀请中的服务器没有响应。请检查网络，并向同事确认服务器是否正在运行。',
  },
};
