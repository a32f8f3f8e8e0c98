-- Values of a look-up column that occur in several rows. A pair that refers to one would be evaluated once for each of them.
SELECT count(*) AS duplicates FROM (SELECT FROM :relation AS t WHERE t.:column IS NOT NULL GROUP BY t.:column HAVING count(*) > 1) AS d;
