/** The texts of home about calls of groups in simplified Chinese. */
import type { groupCall as english } from './group-calls.en';
import type { Texts } from './texts';

export const groupCall: Texts<typeof english> = {
  callSelection: '选择通话对象',
  all: '所有人',
  tick: '同时呼叫{name}',
  none: '请勾选你要呼叫的人，最多 {count} 人。',
  chosen: '未选择 | 已选择 1 人 | 已选择 {count} 人',
  tooMany: '一次通话最多 {count} 人（包括你）。请减少人数。',
  running: '{group}正在通话',
  joined: '无人在通话中 | 1 人在通话中 | {count} 人在通话中',
  full: '此通话人数已满。请等有人离开后再加入。',
  join: '加入',
  joinNamed: '加入{group}的通话',
  together: '没有其他人 | 1 人 | {count} 人',
  others: '没有其他人 | 另外 1 人 | 另外 {count} 人',
  there: '{name}（已加入）',
  audio: '多人语音通话',
  video: '多人视频通话',
  audioIn: '{group}的语音通话',
  videoIn: '{group}的视频通话',
  with: '还有{people}',
  select: '选择多人',
  selection: '多人通话',
  toCall: '呼叫对象',
  selected: '选择联系人 | 1 人 | {count} 人',
  clear: '清除',
  takeOut: '移除{name}',
  somebodyUnknown: '你选择的人中有人已不在服务器上。请移除后重试。',
};
