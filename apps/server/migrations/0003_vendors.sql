ALTER TABLE "face_captures" ADD COLUMN "session" "bytea";--> statement-breakpoint
ALTER TABLE "sms_messages" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD COLUMN "reference" text;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD COLUMN "delivery" text;