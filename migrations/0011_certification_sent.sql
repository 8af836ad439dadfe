-- The application as it was sent last: what agencies read and what is printed, while the host mends a returned one.

ALTER TABLE certification ADD COLUMN sent_sealed TEXT;   -- sealed like form_sealed; NULL before anything was sent

UPDATE certification SET sent_sealed = form_sealed WHERE case_id IS NOT NULL;
