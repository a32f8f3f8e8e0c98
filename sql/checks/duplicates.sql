-- Values of a look-up column that stand in several rows. A pair that names one would be judged once for each of them.
SELECT count(*) AS duplicates FROM (SELECT FROM :relation AS t WHERE t.:column IS NOT NULL GROUP BY t.:column HAVING count(*) > 1) AS d;
