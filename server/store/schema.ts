/** The tables, the same on SQLite and PostgreSQL. Times are milliseconds since 1970. */
import type { Picture } from '#protocol/messages';

export interface Tables {
  settings: { key: string; value: string };
  users: {
    user_id: string;
    name: string;
    /** The name as it is searched and sorted. */
    name_key: string;
    password_hash: string | null;
    created_at: number;
    /** Of the row in `pictures`, so that a list of people needs no second look. */
    picture_id: string | null;
  };
  /** `data` is base64: people's pictures are small and sent as text. */
  pictures: { user_id: string; picture_id: string; type: Picture['type']; data: string };
  /** Who knows the code of an unused row may become a user. Null for `created_by`: an admin. */
  invitations: {
    code_hash: string;
    created_by: string | null;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    /** The user it made, and the device that was the first of that user. */
    used_by: string | null;
    used_device: string | null;
    /** Of the secret that it came with: without that nobody comes again, whatever else they know. */
    used_secret_hash: string | null;
  };
  /** What a search prefix is compared with: the id, and the name from each of its words on. */
  user_terms: { term: string; user_id: string };
  /** Who has none has the defaults (protocol/messages.ts). */
  user_rules: {
    user_id: string;
    busy: 'user' | 'device';
    second_device: 0 | 1 | 2;
    /** JSON of DoNotDisturb. */
    do_not_disturb: string | null;
    /** JSON list of texts. */
    quick_replies: string | null;
  };
  /** `user_id` takes no calls from `blocked_id`. */
  user_blocks: { user_id: string; blocked_id: string; created_at: number };
  /** In the order of `place`. */
  user_favourites: { user_id: string; favourite_id: string; place: number };
  groups: { group_id: string; name: string };
  group_members: { group_id: string; user_id: string };
  devices: {
    user_id: string;
    device_id: string;
    name: string;
    /** Common to all refresh tokens since the last sign-in with a password or an app token. */
    family: string;
    /** Grows with every change, so that two refreshes at once cannot both win. */
    version: number;
    previous_hash: string | null;
    /** JSON list of hashes. */
    current_hashes: string;
    revoked_at: number | null;
    signed_in_at: number;
  };
  calls: {
    call_id: string;
    revision: number;
    next_deadline: number | null;
    ended_at: number | null;
    /** JSON of CallState. */
    state: string;
  };
  call_users: { call_id: string; user_id: string };
  command_results: {
    user_id: string;
    device_id: string;
    command_id: string;
    expires_at: number;
    /** JSON of CommandAnswer. */
    answer: string;
  };
  records: {
    record_id: string;
    user_id: string;
    created_at: number;
    seen: number;
    /** JSON of CallRecord without `seen`; records of former versions have no `memberIds` and no `invitedBy`. */
    data: string;
  };
  /** Whom and which group a record is found by. */
  record_subjects: {
    user_id: string;
    is_group: 0 | 1;
    subject_id: string;
    created_at: number;
    record_id: string;
  };
}
