/** The recent calls in simplified Chinese. */
import type { recents as en } from './recents.en';
import type { Texts } from './texts';

export const recents: Texts<typeof en> = {
  people: '联系人',
  title: '最近通话',
  news: '没有未接来电 | {n} 个未接来电 | {n} 个未接来电',
  loading: '正在加载…',
  more: '正在加载更多…',
  empty: '还没有通话。',
  emptyNext: '你拨打和接到的电话会显示在这里。',
  offline: '通话记录尚未加载。',
  offlineNext: '连上服务器后会自动显示。',
  outcome: {
    missed: '未接',
    answered: '呼入',
    called: '呼出',
    declined: '已拒绝',
    elsewhere: '在其他设备上',
    cancelled: '已取消',
    busy: '对方忙',
    unanswered: '无人接听',
    failed: '未接通',
    joined: '已加入',
    nobody: '无人加入',
  },
  private: { 1: '语音通话', 2: '视频通话' },
  group: { 1: '多人语音通话', 2: '多人视频通话' },
  formerGroup: '多人通话',
  several: '{name}等人',
  openGroup: '打开{name}',
  callBack: { 1: '呼叫{name}，语音通话', 2: '呼叫{name}，视频通话' },
  enterCalls: '按回车键呼叫',
  enterOpens: '按回车键打开群组',
  away: {
    one: '你不在时，{name}打来过电话。 | 你不在时，{name}打来过电话。 | 你不在时，{name}打来过 {n} 次电话。',
    two: '你不在时，{name}和{other}打来过电话。',
    many: '你不在时，{name}和另外 {n} 人打来过电话。',
    show: '查看',
    dismiss: '知道了',
  },
};
