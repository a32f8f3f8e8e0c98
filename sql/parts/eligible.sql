-- Whether a run may confirm the pair c. Pairs with an in-service or paid-time-off date belong to later tasks: they are deferred.
num_nonnulls(c."InserviceStartDate", c."InserviceEndDate", c."PTOStartDate", c."PTOEndDate",
             c."ConInserviceStartDate", c."ConInserviceEndDate", c."ConPTOStartDate", c."ConPTOEndDate") = 0
