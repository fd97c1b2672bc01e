/** The texts about the people of a group call in simplified Chinese. */
import type { members as english } from './members.en';
import type { Texts } from './texts';

export const members: Texts<typeof english> = {
  list: '通话成员',
  state: {
    ringing: '等待接听…',
    unreachable: '暂时无法接通',
    silenced: '不希望被打扰',
    connecting: '正在接通…',
    reconnecting: '正在重新连接…',
  },
  you: '{name}（你）',
  speaking: '正在说话',
  muted: '已静音',
  cameraOff: '摄像头已关闭',
  pin: '固定{name}',
  pinMeaning: '放大显示{name}',
  unpinMeaning: '所有人恢复同样大小',
  pinned: '已固定',
  volumeOf: '{name}的音量',
  volume: '{percent}%',
  silent: '不播放',
  quieter: '本机音量 {percent}%',
  silenced: '你听不到此人：音量为 0%',
  news: {
    declined: '{name}已拒绝',
    replied: '{name}：{reply}',
    busy: '{name}正在另一通话中',
    unanswered: '{name}未接听',
    lost: '{name}的网络中断',
    left: '{name}已离开',
    invited: '{name}邀请了{names}',
  },
};
