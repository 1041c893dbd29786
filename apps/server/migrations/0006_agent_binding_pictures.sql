ALTER TABLE "authorization_letters" ADD COLUMN "agent_hash" "bytea";--> statement-breakpoint
ALTER TABLE "verification_page_progress" ADD COLUMN "picture_consent_version" text;--> statement-breakpoint
ALTER TABLE "verification_page_progress" ADD COLUMN "picture_consented_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "verification_page_progress" ADD COLUMN "picture_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "person_hash" "bytea";--> statement-breakpoint
CREATE INDEX "authorization_letters_flow" ON "authorization_letters" USING btree ("verification_id");--> statement-breakpoint
CREATE INDEX "authorization_letters_agent" ON "authorization_letters" USING btree ("agent_hash");--> statement-breakpoint
CREATE INDEX "verifications_person" ON "verifications" USING btree ("person_hash") WHERE "verifications"."certified_at" is not null;