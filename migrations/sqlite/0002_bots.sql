CREATE TABLE `spent_work` (
	`work_id` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `address_mails` ADD `reminder` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `signups` ADD `throwaway` integer DEFAULT false NOT NULL;