/** The texts of home about calls of groups in simplified Chinese. */
import type { groupCall as english } from './group-calls.en';
import type { Texts } from './texts';

export const groupCall: Texts<typeof english> = {
  callSelection: '选择通话对象',
  all: '所有人',
  tick: '同时呼叫{name}',
  none: '请勾选你要呼叫的人。',
  chosen: '未选择 | 已选择 1 人 | 已选择 {count} 人',
  tooMany: '一次通话最多 {count} 人（包括你）。请减少人数。',
  running: '{group}正在通话',
  joined: '无人在通话中 | 1 人在通话中 | {count} 人在通话中',
  full: '此通话人数已满。请等有人离开后再加入。',
  join: '加入',
  joinNamed: '加入{group}的通话',
  together: '没有其他人 | 1 人 | {count} 人',
};
