CREATE TABLE "callback_attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"url" text NOT NULL,
	"milliseconds" integer NOT NULL,
	"request_headers" jsonb NOT NULL,
	"status" integer,
	"answer" "bytea",
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "callback_events" (
	"id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" bigserial NOT NULL,
	"type" text NOT NULL,
	"data" jsonb NOT NULL,
	"business_code" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"delivered_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"reminders" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authorization_letters" (
	"check_id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"verification_id" text NOT NULL,
	"file_code" text NOT NULL,
	"agent" "bytea" NOT NULL,
	"decided_by" text
);
--> statement-breakpoint
CREATE TABLE "bank_branches" (
	"branch_code" text PRIMARY KEY NOT NULL,
	"bank_name" text NOT NULL,
	"bank_code" text NOT NULL,
	"branch_name" text NOT NULL,
	"province" text NOT NULL,
	"city" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "face_captures" (
	"check_id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"consent_version" text NOT NULL,
	"consented_at" timestamp (3) with time zone NOT NULL,
	"tries" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"check_id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"verification_id" text NOT NULL,
	"sealed_order" "bytea",
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"tries_left" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verification_page_progress" (
	"page_id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"consent_version" text,
	"consented_at" timestamp (3) with time zone,
	"person_flow_id" text,
	"person_mode" text,
	"person_tries" integer NOT NULL,
	"is_editing" boolean NOT NULL,
	"face_check_id" text,
	"face_links" "bytea",
	"company_mode" text,
	"company_tries" integer NOT NULL,
	"payout_account" jsonb,
	"failed_at" timestamp (3) with time zone,
	"fail_reason" text
);
--> statement-breakpoint
CREATE TABLE "verification_pages" (
	"id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"kind" text NOT NULL,
	"verification_id" text NOT NULL,
	"business_code" text,
	"account_id" text,
	"setup" jsonb NOT NULL,
	"prefilled" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "verification_pages_verification_id_unique" UNIQUE("verification_id")
);
--> statement-breakpoint
CREATE TABLE "sms_counters" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "sms_counters_scope_key_window_start_pk" PRIMARY KEY("scope","key","window_start")
);
--> statement-breakpoint
CREATE TABLE "sms_templates" (
	"code" text NOT NULL,
	"app_id" text DEFAULT '' NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sms_templates_app_id_code_pk" PRIMARY KEY("app_id","code")
);
--> statement-breakpoint
CREATE TABLE "console_audit" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"operator_id" text,
	"account_name" text,
	"action" text NOT NULL,
	"target" text,
	"detail" jsonb NOT NULL,
	"ip" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "console_setup" (
	"id" integer PRIMARY KEY NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operator_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"operator_id" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"previous_token_hash" "bytea",
	"rotated_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "operator_sessions_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "operator_sessions_previous_token_hash_unique" UNIQUE("previous_token_hash")
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"must_change_password" boolean NOT NULL,
	"totp_secret" "bytea",
	"totp_enabled_at" timestamp (3) with time zone,
	"totp_last_step" integer,
	"failed_logins" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp (3) with time zone,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_login_at" timestamp (3) with time zone,
	CONSTRAINT "operators_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "ceremonies" (
	"party_id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"contract_id" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"identified_at" timestamp (3) with time zone,
	"consented_at" timestamp (3) with time zone,
	"consent_version" text,
	"chosen_seal_id" bigint,
	"handwritings" integer NOT NULL,
	"intent_code_id" text,
	"intent_passed_at" timestamp (3) with time zone,
	"intent_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "page_sessions" (
	"session_hash" "bytea" PRIMARY KEY NOT NULL,
	"ticket_hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "page_tickets" (
	"ticket_hash" "bytea" PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"purpose" text NOT NULL,
	"subject" jsonb NOT NULL,
	"client_type" text NOT NULL,
	"redirect_url" text,
	"redirect_delay_seconds" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "check_before_reading" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "callback_types" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "callback_secret" "bytea";--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "previous_callback_secret" "bytea";--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "previous_callback_secret_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "callback_stopped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "confirms_callbacks" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "redirect_schemes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "embedding_origins" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "identity_checks" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "identity_checks" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "account_id" text;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD COLUMN "kind" text DEFAULT 'code' NOT NULL;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD COLUMN "template_code" text;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD COLUMN "parts" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD COLUMN "settled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "seal_grants" ADD COLUMN "business_code" text;--> statement-breakpoint
ALTER TABLE "seal_grants" ADD COLUMN "pending_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "seal_grants" ADD COLUMN "page_opened_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "seals" ADD COLUMN "listed" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "callback_attempts" ADD CONSTRAINT "callback_attempts_event_id_callback_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."callback_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorization_letters" ADD CONSTRAINT "authorization_letters_check_id_identity_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."identity_checks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "face_captures" ADD CONSTRAINT "face_captures_check_id_identity_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."identity_checks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_check_id_identity_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."identity_checks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_page_progress" ADD CONSTRAINT "verification_page_progress_page_id_verification_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."verification_pages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_sessions" ADD CONSTRAINT "operator_sessions_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "page_sessions" ADD CONSTRAINT "page_sessions_ticket_hash_page_tickets_ticket_hash_fk" FOREIGN KEY ("ticket_hash") REFERENCES "public"."page_tickets"("ticket_hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "callback_attempts_event" ON "callback_attempts" USING btree ("event_id","at");--> statement-breakpoint
CREATE INDEX "callback_attempts_age" ON "callback_attempts" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "callback_events_order" ON "callback_events" USING btree ("subject","app_id","position");--> statement-breakpoint
CREATE INDEX "callback_events_due" ON "callback_events" USING btree ("next_try_at") WHERE "callback_events"."next_try_at" is not null;--> statement-breakpoint
CREATE INDEX "callback_events_app" ON "callback_events" USING btree ("app_id","occurred_at");--> statement-breakpoint
CREATE INDEX "callback_events_age" ON "callback_events" USING btree ("occurred_at");--> statement-breakpoint
CREATE INDEX "callback_events_dead" ON "callback_events" USING btree ("occurred_at") WHERE "callback_events"."status" = 'dead';--> statement-breakpoint
CREATE INDEX "verification_page_progress_flow" ON "verification_page_progress" USING btree ("person_flow_id");--> statement-breakpoint
CREATE INDEX "verification_page_progress_face" ON "verification_page_progress" USING btree ("face_check_id");--> statement-breakpoint
CREATE INDEX "verification_pages_business_code" ON "verification_pages" USING btree ("app_id","business_code","created_at");--> statement-breakpoint
CREATE INDEX "verification_pages_expires_at" ON "verification_pages" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sms_counters_window" ON "sms_counters" USING btree ("window_start");--> statement-breakpoint
CREATE INDEX "console_audit_at" ON "console_audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "operator_sessions_operator" ON "operator_sessions" USING btree ("operator_id");--> statement-breakpoint
CREATE INDEX "operator_sessions_end" ON "operator_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "page_sessions_expires_at" ON "page_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "page_sessions_ticket" ON "page_sessions" USING btree ("ticket_hash");--> statement-breakpoint
CREATE INDEX "page_tickets_expires_at" ON "page_tickets" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "identity_checks_open" ON "identity_checks" USING btree ("outcome","expires_at");