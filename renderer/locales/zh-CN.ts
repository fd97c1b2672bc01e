/** Every text of Peal in simplified Chinese. */
import { call } from './call.zh-CN';
import { devices } from './devices.zh-CN';
import type { en } from './en';
import { groupCall } from './group-calls.zh-CN';
import * as installed from './installed.zh-CN';
import { members } from './members.zh-CN';
import * as home from './people.zh-CN';
import type { Texts } from './texts';
import { recents } from './recents.zh-CN';
import * as ring from './ringing.zh-CN';
import { settings } from './settings.zh-CN';
import { update } from './update.zh-CN';
import { welcome } from './welcome.zh-CN';

export const zhCN: Texts<typeof en> = {
  app: { name: 'Peal' },
  welcome,
  ...home,
  ...ring,
  ...installed,
  update,
  session: {
    offline: '无法连接服务器，正在重试…',
  },
  people: {
    list: '联系人',
    search: '搜索联系人',
    more: '正在加载更多…',
    loading: '正在查找…',
    noMatch: '没有找到“{query}”。',
    noMatchNext: '请缩短关键词再试。',
    alone: '服务器上还没有其他人。',
    aloneNext: '给同事发送链接，加入后会显示在这里。',
    offline: '联系人尚未加载。',
    offlineNext: '连上服务器后会自动显示。',
  },
  presence: {
    online: '在线',
    offline: '离线',
    away: '离开',
    'in-call': '通话中',
    'do-not-disturb': '勿扰',
    until: '勿扰至 {time}',
    before: {
      offline: '{name}当前未连接。你拨打后，{name}之后会看到。',
      away: '{name}不在电脑旁，但仍会响铃。',
      'in-call': '{name}正在通话，可能无法接听。{name}会看到你打过电话。',
      'do-not-disturb': '{name}不想被打扰，但会看到你打过电话。',
    },
  },
  person: {
    nobody: '想给谁打电话？',
    nobodyNext: '在左侧选择联系人，或直接输入姓名搜索。',
    audioCall: '语音通话',
    videoCall: '视频通话',
  },
  block: {
    block: '屏蔽',
    unblock: '取消屏蔽',
    mark: '已屏蔽',
    isBlocked: '你不接听此人的来电。',
    question: '屏蔽{name}？',
    meaning:
      '{name}的来电不会在你的任何设备上响铃，{name}会得知你不接听其来电。你仍可呼叫{name}，也可随时取消屏蔽。',
    confirm: '屏蔽来电',
    cancel: '取消',
  },
  rules: {
    title: '来电设置',
    busy: {
      question: '我正在通话时，如果有人来电',
      user: '对方得知我正忙',
      device: '我的其他设备照常响铃',
    },
    secondDevice: {
      question: '我在另一台设备上通话时，如果在这里拨打或接听',
      0: '结束那边的通话，在这里开始新通话',
      1: '那边的通话继续，这里不开始新通话',
      2: '两个通话同时进行',
    },
    blocked: '已屏蔽的人',
    nobodyBlocked: '无。如需屏蔽，请在列表中选择此人，然后点“屏蔽”。',
    unblock: '取消屏蔽{name}',
  },
  rulesProblem: {
    offline: '未作更改：服务器没有响应。请在连上服务器后重试。',
    'user-unknown': '服务器上已没有此人，对方也无法再呼叫你。',
    'too-many': '已屏蔽的人数已达服务器上限。请先取消屏蔽其他人。',
    'rate-limited': '更改过于频繁。请等一分钟后再试。',
    'server-error': '未作更改：服务器出了点问题。请稍后重试。',
  },
  callProblem: {
    offline: '呼叫失败：服务器没有响应。请检查网络，然后重试。',
    'call-exists': '当前已有通话。请先结束通话，再重新呼叫。',
    'in-call-elsewhere': '你正在另一台设备上通话。请先在那里结束，或切换到这台设备。',
    blocked: '{name}不接听你的来电。',
    'user-unknown': '服务器上已没有此人。请搜索其他联系人。',
    'call-self': '不能呼叫自己。请选择其他联系人。',
    'call-over': '通话已结束。如有需要，可以回拨。',
    'answered-elsewhere': '已在你的另一台设备上接听，请在那台设备上继续通话。',
    'not-in-group': '有人已不在这个群组中。请查看群组成员，然后重试。',
    'call-full': '一次通话最多 {most} 人。请少选几个人，然后重试。',
    'not-a-group-call': '这是两个人的通话，无法再邀请他人。请改为发起多人通话。',
    'put-out': '管理员已将你移出此通话。如需加入，请让通话中的人邀请你。',
    'rate-limited': '呼叫过于频繁。请等一分钟后再试。',
    'server-error': '服务器出了点问题。请稍后重试。',
    switchHere: '切换到这台设备',
  },
  callBar: {
    dialing: '正在呼叫{name}…',
    ringing: '等待{name}接听…',
    incoming: '{name}来电',
    connecting: '正在与{name}接通…',
    active: '正在与{name}通话',
    ended: '与{name}的通话已结束',
    canReturn: '你与{name}的通话仍在进行',
    return: '返回通话',
    show: '显示',
    hangUp: '挂断',
    problem: '操作失败：服务器没有响应。请稍后重试。',
  },
  incoming: {
    title: '来电',
    audioCall: '语音通话',
    videoCall: '视频通话',
    accept: '接听',
    decline: '拒绝',
    elsewhere: '你正在另一台设备上通话',
    switchHere: '切换到本机接听',
  },
  call,
  groupCall,
  members,
  devices,
  recents,
  settings,
};
