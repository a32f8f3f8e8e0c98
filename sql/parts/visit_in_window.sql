-- Whether a run reads the visit v. A visit with an unusable day is outside every window. It is read all the same, so that its pairs count as
-- doubtful and the visit does not seem to be missing.
(v."Visit Date" BETWEEN :'window_from'::date AND :'window_to'::date OR v."Visit Date" NOT BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999')
