CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`email` text,
	`password_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`password_changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_accountId_unique` ON `accounts` (`account_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_email_unique` ON `accounts` (`email`);--> statement-breakpoint
CREATE TABLE `address_mails` (
	`id` integer PRIMARY KEY NOT NULL,
	`address_hash` text NOT NULL,
	`at` integer NOT NULL,
	`signup_id` text NOT NULL,
	`confirmed` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `address_mails_by_address` ON `address_mails` (`address_hash`,`at`);--> statement-breakpoint
CREATE TABLE `csv_tokens` (
	`account_id` integer PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `csv_tokens_tokenHash_unique` ON `csv_tokens` (`token_hash`);--> statement-breakpoint
CREATE TABLE `page_views` (
	`day` text NOT NULL,
	`path` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `path`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rate_minutes` (
	`key` text NOT NULL,
	`minute` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`key`, `minute`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_by_account` ON `sessions` (`account_id`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `wrong_passwords` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `wrong_passwords_by_key` ON `wrong_passwords` (`key`,`at`);--> statement-breakpoint
CREATE TABLE `clicks` (
	`id` integer PRIMARY KEY NOT NULL,
	`lead_id` integer NOT NULL,
	`message_id` integer NOT NULL,
	`slug` text NOT NULL,
	`actor` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `clicks_by_lead` ON `clicks` (`lead_id`);--> statement-breakpoint
CREATE INDEX `clicks_by_message` ON `clicks` (`message_id`);--> statement-breakpoint
CREATE INDEX `clicks_by_time` ON `clicks` (`at`);--> statement-breakpoint
CREATE TABLE `downloads` (
	`id` integer PRIMARY KEY NOT NULL,
	`lead_id` integer NOT NULL,
	`signup_id` integer NOT NULL,
	`at` integer NOT NULL,
	`content_version` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signup_id`) REFERENCES `signups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `downloads_by_lead` ON `downloads` (`lead_id`);--> statement-breakpoint
CREATE INDEX `downloads_by_signup` ON `downloads` (`signup_id`);--> statement-breakpoint
CREATE TABLE `enrollments` (
	`id` integer PRIMARY KEY NOT NULL,
	`enrollment_id` text NOT NULL,
	`lead_id` integer NOT NULL,
	`sequence` text NOT NULL,
	`state` text NOT NULL,
	`exit_reason` text,
	`pace` text NOT NULL,
	`paused_until` integer,
	`signup_id` integer,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signup_id`) REFERENCES `signups`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "enrollments_state" CHECK(state in ('active', 'paused', 'finished', 'stopped'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_enrollmentId_unique` ON `enrollments` (`enrollment_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_once` ON `enrollments` (`lead_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `enrollments_by_signup` ON `enrollments` (`signup_id`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY NOT NULL,
	`lead_id` integer NOT NULL,
	`kind` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`detail` text,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_by_lead` ON `events` (`lead_id`);--> statement-breakpoint
CREATE INDEX `events_exits` ON `events` (`at`) WHERE kind in ('lead.found_job', 'lead.booked_call');--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL,
	`lead_id` integer NOT NULL,
	`signup_id` integer,
	`enrollment_id` integer,
	`kind` text NOT NULL,
	`step` text NOT NULL,
	`request` integer NOT NULL,
	`state` text NOT NULL,
	`priority` integer NOT NULL,
	`due_at` integer NOT NULL,
	`ready_at` integer NOT NULL,
	`lease_until` integer,
	`lease_token` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`first_attempt_at` integer,
	`payload` blob,
	`subject` text,
	`provider_id` text,
	`submitted_at` integer,
	`ended_at` integer,
	`reason` text,
	`planned_at` integer NOT NULL,
	`demo` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signup_id`) REFERENCES `signups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`enrollment_id`) REFERENCES `enrollments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "messages_state" CHECK(state in ('planned', 'claimed', 'submitted', 'delivered', 'bounced', 'complained', 'failed', 'skipped', 'cancelled', 'in_doubt'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_messageId_unique` ON `messages` (`message_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_step_once` ON `messages` (`enrollment_id`,`step`) WHERE enrollment_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_signup_once` ON `messages` (`signup_id`,`step`,`request`) WHERE signup_id is not null and enrollment_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_lead_once` ON `messages` (`lead_id`,`step`,`request`) WHERE signup_id is null and enrollment_id is null;--> statement-breakpoint
CREATE INDEX `messages_by_lead` ON `messages` (`lead_id`,`kind`);--> statement-breakpoint
CREATE INDEX `messages_ready` ON `messages` (`priority`,`ready_at`) WHERE state in ('planned', 'claimed') and demo = 0;--> statement-breakpoint
CREATE TABLE `attributions` (
	`id` integer PRIMARY KEY NOT NULL,
	`lead_id` integer NOT NULL,
	`touch` text NOT NULL,
	`source` text,
	`medium` text,
	`campaign` text,
	`term` text,
	`content` text,
	`referrer` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attributions_once` ON `attributions` (`lead_id`,`touch`);--> statement-breakpoint
CREATE TABLE `consent_wordings` (
	`version` text PRIMARY KEY NOT NULL,
	`wording` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY NOT NULL,
	`lead_id` integer NOT NULL,
	`signup_id` integer,
	`kind` text NOT NULL,
	`wording` text NOT NULL,
	`version` text NOT NULL,
	`place` text NOT NULL,
	`ticked_at` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signup_id`) REFERENCES `signups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consents_by_lead` ON `consents` (`lead_id`);--> statement-breakpoint
CREATE INDEX `consents_by_signup` ON `consents` (`signup_id`);--> statement-breakpoint
CREATE TABLE `leads` (
	`id` integer PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`first_name` text NOT NULL,
	`name_key` text NOT NULL,
	`status` text NOT NULL,
	`timezone` text,
	`situation` text,
	`target_role` text,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	`unsubscribed_at` integer,
	`stopped_at` integer,
	`exit_reason` text,
	`consent_at` integer,
	`consent_version` text,
	`downloads` integer DEFAULT 0 NOT NULL,
	`first_download_at` integer,
	`emails_sent` integer DEFAULT 0 NOT NULL,
	`last_email_at` integer,
	`clicks` integer DEFAULT 0 NOT NULL,
	`demo` integer DEFAULT false NOT NULL,
	CONSTRAINT "leads_status" CHECK(status in ('unconfirmed', 'confirmed', 'unsubscribed', 'bounced', 'complained'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `leads_leadId_unique` ON `leads` (`lead_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `leads_emailKey_unique` ON `leads` (`email_key`);--> statement-breakpoint
CREATE INDEX `leads_by_time` ON `leads` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `signups` (
	`id` integer PRIMARY KEY NOT NULL,
	`signup_id` text NOT NULL,
	`lead_id` integer,
	`state` text NOT NULL,
	`offer` text NOT NULL,
	`email` text NOT NULL,
	`first_name` text NOT NULL,
	`follow_up` integer NOT NULL,
	`consent_version` text,
	`place` text NOT NULL,
	`timezone` text,
	`network` text NOT NULL,
	`source` text,
	`medium` text,
	`campaign` text,
	`term` text,
	`content` text,
	`referrer` text,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	`declined_at` integer,
	`consent_used_at` integer,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consent_version`) REFERENCES `consent_wordings`(`version`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "signups_state" CHECK(state in ('accepted', 'held'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signups_signupId_unique` ON `signups` (`signup_id`);--> statement-breakpoint
CREATE INDEX `signups_by_lead` ON `signups` (`lead_id`);--> statement-breakpoint
CREATE INDEX `signups_by_time` ON `signups` (`created_at`);--> statement-breakpoint
CREATE INDEX `signups_open` ON `signups` (`state`,`created_at`) WHERE confirmed_at is null;--> statement-breakpoint
CREATE TABLE `suppressions` (
	`id` integer PRIMARY KEY NOT NULL,
	`address_hash` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`lifted_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suppressions_once` ON `suppressions` (`address_hash`,`reason`);