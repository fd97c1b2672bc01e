import type { MainTexts } from './index';

export const zhCN: MainTexts = {
  app: 'Peal',
  tray: {
    open: '打开 Peal',
    quit: '退出 Peal',
    signedOut: '未登录',
    connecting: '正在连接…',
    offline: '没有连接，无法接到来电。',
    online: '可以接听来电',
    incoming: '{name}来电',
    calling: '正在呼叫{name}',
    inCall: '正在与{name}通话',
    groupCall: '正在多人通话',
  },
  notice: {
    incomingTitle: '{name}来电',
    missedTitle: '{name}的未接来电',
    pushTitle: '{name}：{title}',
    audioCall: '语音通话',
    videoCall: '视频通话',
    audioCallIn: '{name}的语音通话',
    videoCallIn: '{name}的视频通话',
    groupAudioCall: '多人语音通话',
    groupVideoCall: '多人视频通话',
    hiddenTitle: 'Peal 仍在运行',
    hiddenBody: '来电时照常响铃。点击托盘图标可重新打开 Peal，在其菜单中可退出。',
  },
};
