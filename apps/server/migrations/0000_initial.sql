CREATE SEQUENCE "public"."seal_numbers" INCREMENT BY 1 MINVALUE 100000000 MAXVALUE 9223372036854775807 START WITH 100000000 CACHE 1;--> statement-breakpoint
CREATE TABLE "apps" (
	"id" text PRIMARY KEY NOT NULL,
	"app_key" text NOT NULL,
	"name" text NOT NULL,
	"secret" "bytea" NOT NULL,
	"previous_secret" "bytea",
	"previous_secret_until" timestamp (3) with time zone,
	"enabled" boolean DEFAULT true NOT NULL,
	"strict" boolean DEFAULT false NOT NULL,
	"self_certification" boolean DEFAULT false NOT NULL,
	"silent_signing" boolean DEFAULT false NOT NULL,
	"plain_identity" boolean DEFAULT false NOT NULL,
	"path_without_api" boolean DEFAULT false NOT NULL,
	"sms_limits" boolean DEFAULT true NOT NULL,
	"requests_per_minute" integer,
	"allowed_ips" text[] NOT NULL,
	"callback_url" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "apps_app_key_unique" UNIQUE("app_key")
);
--> statement-breakpoint
CREATE TABLE "idempotent_answers" (
	"app_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"answer" "bytea",
	"started_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotent_answers_app_id_key_pk" PRIMARY KEY("app_id","key")
);
--> statement-breakpoint
CREATE TABLE "used_nonces" (
	"app_id" text NOT NULL,
	"nonce" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "used_nonces_app_id_nonce_pk" PRIMARY KEY("app_id","nonce")
);
--> statement-breakpoint
CREATE TABLE "authorities" (
	"role" text PRIMARY KEY NOT NULL,
	"private_key" "bytea" NOT NULL,
	"certificate" "bytea" NOT NULL,
	"not_after" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"holder" text NOT NULL,
	"algorithm" text NOT NULL,
	"private_key" "bytea" NOT NULL,
	"certificate" "bytea" NOT NULL,
	"serial_number" text NOT NULL,
	"subject_hash" "bytea" NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"not_after" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revocation_reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "certificates_serial_number_unique" UNIQUE("serial_number")
);
--> statement-breakpoint
CREATE TABLE "crls" (
	"number" bigint PRIMARY KEY NOT NULL,
	"issuer" text NOT NULL,
	"der" "bytea" NOT NULL,
	"this_update" timestamp (3) with time zone NOT NULL,
	"next_update" timestamp (3) with time zone NOT NULL,
	"entries" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contract_attachments" (
	"contract_id" text NOT NULL,
	"file_code" text NOT NULL,
	"file_order" integer NOT NULL,
	CONSTRAINT "contract_attachments_contract_id_file_code_pk" PRIMARY KEY("contract_id","file_code")
);
--> statement-breakpoint
CREATE TABLE "contract_files" (
	"contract_id" text NOT NULL,
	"file_code" text NOT NULL,
	"file_id" text NOT NULL,
	"file_order" integer NOT NULL,
	"name" text NOT NULL,
	"layout" jsonb,
	CONSTRAINT "contract_files_contract_id_file_code_pk" PRIMARY KEY("contract_id","file_code")
);
--> statement-breakpoint
CREATE TABLE "contract_parties" (
	"id" text PRIMARY KEY NOT NULL,
	"contract_id" text NOT NULL,
	"account_id" text NOT NULL,
	"user_id" text NOT NULL,
	"agent_user_id" text,
	"sequence_number" integer NOT NULL,
	"status" text NOT NULL,
	"silent" boolean NOT NULL,
	"intent_modes" text[] NOT NULL,
	"notice_types" integer NOT NULL,
	"sign_deadline_at" timestamp (3) with time zone,
	"signed_at" timestamp (3) with time zone,
	"refuse_reason" text,
	"sealing_since" timestamp (3) with time zone,
	"sealing_attempts" integer DEFAULT 0 NOT NULL,
	"sealing_error" text,
	"chosen_seal_id" bigint
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"business_code" text,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"sequential" boolean NOT NULL,
	"initiator_account_id" text NOT NULL,
	"options" jsonb NOT NULL,
	"sign_deadline_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closing_reason" text,
	"claim_token" text,
	"claim_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "file_revisions" (
	"contract_id" text NOT NULL,
	"file_code" text NOT NULL,
	"revision" integer NOT NULL,
	"storage_key" text NOT NULL,
	"total_size" bigint NOT NULL,
	"sha256" "bytea" NOT NULL,
	"party_id" text,
	"verified_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "file_revisions_contract_id_file_code_revision_pk" PRIMARY KEY("contract_id","file_code","revision")
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"id" text PRIMARY KEY NOT NULL,
	"contract_id" text NOT NULL,
	"party_id" text NOT NULL,
	"file_code" text NOT NULL,
	"position" integer NOT NULL,
	"requested" jsonb NOT NULL,
	"planned" jsonb NOT NULL,
	"seal_id" bigint,
	"authorize_code" text
);
--> statement-breakpoint
CREATE TABLE "evidence_checkpoints" (
	"number" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"previous_hash" "bytea" NOT NULL,
	"heads" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	"certificate" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evidence_entries" (
	"subject" text NOT NULL,
	"sequence" integer NOT NULL,
	"app_id" text NOT NULL,
	"kind" text NOT NULL,
	"content" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "evidence_entries_subject_sequence_pk" PRIMARY KEY("subject","sequence")
);
--> statement-breakpoint
CREATE TABLE "evidence_heads" (
	"subject" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"checkpoint" bigint,
	"moved" boolean NOT NULL,
	"mac" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "download_tickets" (
	"ticket_hash" "bytea" PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"storage_keys" text[] NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"file_code" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" "bytea" NOT NULL,
	"page_count" integer NOT NULL,
	"pages" jsonb NOT NULL,
	"kind" text NOT NULL,
	"signed" boolean NOT NULL,
	"storage_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"verification_id" text NOT NULL,
	"kind" text NOT NULL,
	"outcome" text NOT NULL,
	"mobile" "bytea",
	"source" text NOT NULL,
	"reason" text NOT NULL,
	"request_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"kind" text NOT NULL,
	"business_code" text,
	"facts" "bytea" NOT NULL,
	"agent_verification_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_progress_at" timestamp (3) with time zone NOT NULL,
	"certified_at" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sms_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"purpose" text NOT NULL,
	"subject" text NOT NULL,
	"phone_hash" "bytea" NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"attempts_left" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sms_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"phone_hash" "bytea" NOT NULL,
	"sealed" "bytea",
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seal_grants" (
	"authorize_code" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"seal_id" bigint NOT NULL,
	"owner_id" text NOT NULL,
	"begin_at" timestamp (3) with time zone NOT NULL,
	"end_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"authorized_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seals" (
	"id" bigint PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"artwork" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_subjects" (
	"app_id" text NOT NULL,
	"kind" text NOT NULL,
	"id_number_hash" "bytea" NOT NULL,
	"subject_id" text NOT NULL,
	CONSTRAINT "user_subjects_app_id_kind_id_number_hash_pk" PRIMARY KEY("app_id","kind","id_number_hash")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"subject_id" text,
	"personal_data" "bytea" NOT NULL,
	"id_number_hash" "bytea",
	"agent_user_id" text,
	"verification_id" text,
	"default_seal_id" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	"certified_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sandbox_registry_entries" (
	"key_hash" "bytea" PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"loaded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contract_files" ADD CONSTRAINT "contract_files_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_parties" ADD CONSTRAINT "contract_parties_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_party_id_contract_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."contract_parties"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_checks" ADD CONSTRAINT "identity_checks_verification_id_verifications_id_fk" FOREIGN KEY ("verification_id") REFERENCES "public"."verifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seal_grants" ADD CONSTRAINT "seal_grants_seal_id_seals_id_fk" FOREIGN KEY ("seal_id") REFERENCES "public"."seals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotent_answers_expires_at" ON "idempotent_answers" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "used_nonces_expires_at" ON "used_nonces" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "certificates_holder" ON "certificates" USING btree ("holder","not_after");--> statement-breakpoint
CREATE INDEX "certificates_revoked" ON "certificates" USING btree ("revoked_at") WHERE "certificates"."revoked_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "crls_issuer_number" ON "crls" USING btree ("issuer","number");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_parties_account" ON "contract_parties" USING btree ("contract_id","account_id");--> statement-breakpoint
CREATE INDEX "contract_parties_sealing" ON "contract_parties" USING btree ("sealing_since");--> statement-breakpoint
CREATE INDEX "contract_parties_user" ON "contract_parties" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_business_code" ON "contracts" USING btree ("app_id","business_code");--> statement-breakpoint
CREATE INDEX "contracts_app" ON "contracts" USING btree ("app_id","created_at");--> statement-breakpoint
CREATE INDEX "contracts_open" ON "contracts" USING btree ("status","sign_deadline_at");--> statement-breakpoint
CREATE INDEX "placements_contract" ON "placements" USING btree ("contract_id","party_id");--> statement-breakpoint
CREATE UNIQUE INDEX "evidence_checkpoints_previous" ON "evidence_checkpoints" USING btree ("previous_hash");--> statement-breakpoint
CREATE INDEX "evidence_entries_at" ON "evidence_entries" USING btree ("at");--> statement-breakpoint
CREATE INDEX "evidence_heads_moved" ON "evidence_heads" USING btree ("subject") WHERE moved;--> statement-breakpoint
CREATE INDEX "download_tickets_expires_at" ON "download_tickets" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "files_app" ON "files" USING btree ("app_id","created_at");--> statement-breakpoint
CREATE INDEX "identity_checks_verification" ON "identity_checks" USING btree ("verification_id","created_at");--> statement-breakpoint
CREATE INDEX "verifications_business_code" ON "verifications" USING btree ("app_id","business_code","created_at");--> statement-breakpoint
CREATE INDEX "sms_codes_subject" ON "sms_codes" USING btree ("app_id","purpose","subject","created_at");--> statement-breakpoint
CREATE INDEX "sms_codes_phone" ON "sms_codes" USING btree ("app_id","phone_hash","created_at");--> statement-breakpoint
CREATE INDEX "sms_messages_app" ON "sms_messages" USING btree ("app_id","created_at");--> statement-breakpoint
CREATE INDEX "seal_grants_seal" ON "seal_grants" USING btree ("app_id","seal_id","created_at");--> statement-breakpoint
CREATE INDEX "seal_grants_owner" ON "seal_grants" USING btree ("app_id","owner_id");--> statement-breakpoint
CREATE INDEX "seals_owner" ON "seals" USING btree ("app_id","owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_account" ON "users" USING btree ("app_id","account_id");--> statement-breakpoint
CREATE INDEX "users_id_number" ON "users" USING btree ("app_id","kind","id_number_hash","created_at");--> statement-breakpoint
CREATE INDEX "sandbox_registry_entries_order" ON "sandbox_registry_entries" USING btree ("kind","loaded_at");