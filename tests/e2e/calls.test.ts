/** Calls between two people, and what a third one makes of them. They share a team: opening one takes long. */
import { describeAudioCall } from './calls/audio-call';
import { describeDevices } from './calls/devices';
import { describeRules } from './calls/rules';
import { useTeam } from './calls/use-team';

const team = useTeam(['anna', 'bao', 'chen']);

describeAudioCall(team);
describeRules(team);
// The last: the sound card that it leaves has another microphone and another loudspeaker.
describeDevices(team);
