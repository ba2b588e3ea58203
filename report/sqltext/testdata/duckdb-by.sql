-- Sums raw earnings exports up to a Summarized export, for duckdb. Save its
-- rows as a CSV file with a header, drop that into the inbox of a workspace, and
-- "cspcoop run" gives the balances that it would give for the exports themselves.
--
-- Taken for granted; what is marked (refused) ends the statement with an error:
--  * comma-separated UTF-8 files as Partner Center gives them (Default or Growth
--    report): ISO dates, a decimal point and Microsoft's own column names; files
--    that were saved again by Excel go through cspcoop instead
--  * every row has earningId, participantId, programName, earningDate,
--    transactionCurrency and both amounts, of at most 18 digits before the point
--    and 12 after it (refused). Sheets without ids go through cspcoop alone:
--    beside these sums it could not know what they repeat
--  * calculationDate is blank, a day, or a day with hours, minutes and seconds
--    (refused)
--  * versions of one earning that are equally new agree in their money and
--    in what it counts as, engagement included (refused); cspcoop
--    reports such a pair and takes that of the greater SHA-256
--  * an id that has two types counts under both, as in cspcoop, which
--    reports it
--  * whether a period is still provisional depends on all exports together, not
--    on each of them
--
-- A row of the result is what one participant earned in a month, by program,
-- engagement, currency, type and what it counts as (earning, adjustment,
-- transfer, payment of a claim), and by what --by names:
-- lever, earningDate, paymentStatus.
-- No rule in force names a lever; where one does, print this statement with the
-- --workspace of that configuration.
WITH written AS (
    SELECT filename AS file,
           trim(coalesce(earningId, '')) AS id,
           trim(coalesce(participantId, '')) AS participant,
           trim(coalesce(participantName, '')) AS name,
           trim(coalesce(partnerCountryCode, '')) AS country,
           trim(coalesce(programName, '')) AS program,
           trim(coalesce(engagementName, '')) AS engagement,
           trim(coalesce(lever, '')) AS lever,
           trim(coalesce(earningType, '')) AS type_written,
           replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(earningType, '')), '-', ''), '_', ''), ' ', ''), ' ', ''), '­', ''), '​', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '―', ''), '−', ''), '﹘', ''), '﹣', ''), '－', '') AS type_folded,
           trim(coalesce(earningDate, '')) AS dated,
           replace(trim(coalesce(calculationDate, '')), 'T', ' ') AS stamp,
           upper(trim(coalesce(transactionCurrency, ''))) AS currency,
           trim(coalesce(earningAmount, '')) AS amount_written,
           trim(coalesce(earningAmountUSD, '')) AS usd_written,
           trim(coalesce(paymentId, '')) AS payment,
           trim(coalesce(paymentStatus, '')) AS status,
           replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(paymentStatus, '')), '-', ''), '_', ''), ' ', ''), ' ', ''), '­', ''), '​', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '―', ''), '−', ''), '﹘', ''), '﹣', ''), '－', '') AS status_folded,
           trim(coalesce(reasonCode, '')) AS reason,
           replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(reasonCode, '')), '-', ''), '_', ''), ' ', ''), ' ', ''), '­', ''), '​', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '―', ''), '−', ''), '﹘', ''), '﹣', ''), '－', '') AS reason_folded,
           trim(coalesce(claimId, '')) AS claim
    FROM (SELECT * FROM read_csv('exports/*.csv', header = true, delim = ',', quote = '"', escape = '"', all_varchar = true, union_by_name = true, filename = true)
           UNION ALL BY NAME SELECT NULL::VARCHAR AS earningId, NULL::VARCHAR AS participantId, NULL::VARCHAR AS participantName, NULL::VARCHAR AS partnerCountryCode, NULL::VARCHAR AS programName, NULL::VARCHAR AS engagementName, NULL::VARCHAR AS lever, NULL::VARCHAR AS earningType, NULL::VARCHAR AS earningDate, NULL::VARCHAR AS calculationDate, NULL::VARCHAR AS transactionCurrency, NULL::VARCHAR AS earningAmount, NULL::VARCHAR AS earningAmountUSD, NULL::VARCHAR AS paymentId, NULL::VARCHAR AS paymentStatus, NULL::VARCHAR AS reasonCode, NULL::VARCHAR AS claimId WHERE false)
),
-- A zone offset never moves a day or an hour: it is cut off. Times get seven
-- decimals, so that text compares as time does.
typed AS (
    SELECT file, id, participant, name, country, program, engagement, lever, currency, payment, status, reason, claim,
           CASE WHEN type_folded IN ('', 'earning', 'earnings', 'gross', 'incentive', 'incentives') THEN ''
                WHEN type_folded IN ('rebate', 'rebateearning', 'rebateearnings', 'rebatefund', 'rebatefunds', 'rebateincentive', 'rebateincentives', 'rebates') THEN 'Rebate'
                WHEN type_folded IN ('coop', 'coopearning', 'coopearnings', 'cooperative', 'cooperativeearning', 'cooperativeearnings', 'cooperativefund', 'cooperativefunds', 'cooperativeincentive', 'cooperativeincentives', 'cooperativerebate', 'cooperativerebates', 'coopfund', 'coopfunds', 'coopincentive', 'coopincentives', 'cooprebate', 'cooprebates') THEN 'Coop'
                ELSE type_written END AS kind,
           CASE WHEN type_folded IN ('', 'earning', 'earnings', 'gross', 'incentive', 'incentives') THEN ''
                WHEN type_folded IN ('rebate', 'rebateearning', 'rebateearnings', 'rebatefund', 'rebatefunds', 'rebateincentive', 'rebateincentives', 'rebates', 'adjustmentrebate', 'adjustmentrebateearning', 'adjustmentrebateearnings', 'adjustmentrebatefund', 'adjustmentrebatefunds', 'adjustmentrebateincentive', 'adjustmentrebateincentives', 'adjustmentrebates', 'rebateadjustment', 'rebateearningadjustment', 'rebateearningsadjustment', 'rebatefundadjustment', 'rebatefundsadjustment', 'rebateincentiveadjustment', 'rebateincentivesadjustment', 'rebatesadjustment') THEN 'rebate'
                WHEN type_folded IN ('coop', 'coopearning', 'coopearnings', 'cooperative', 'cooperativeearning', 'cooperativeearnings', 'cooperativefund', 'cooperativefunds', 'cooperativeincentive', 'cooperativeincentives', 'cooperativerebate', 'cooperativerebates', 'coopfund', 'coopfunds', 'coopincentive', 'coopincentives', 'cooprebate', 'cooprebates', 'adjustmentcoop', 'adjustmentcoopearning', 'adjustmentcoopearnings', 'adjustmentcooperative', 'adjustmentcooperativeearning', 'adjustmentcooperativeearnings', 'adjustmentcooperativefund', 'adjustmentcooperativefunds', 'adjustmentcooperativeincentive', 'adjustmentcooperativeincentives', 'adjustmentcooperativerebate', 'adjustmentcooperativerebates', 'adjustmentcoopfund', 'adjustmentcoopfunds', 'adjustmentcoopincentive', 'adjustmentcoopincentives', 'adjustmentcooprebate', 'adjustmentcooprebates', 'coopadjustment', 'coopearningadjustment', 'coopearningsadjustment', 'cooperativeadjustment', 'cooperativeearningadjustment', 'cooperativeearningsadjustment', 'cooperativefundadjustment', 'cooperativefundsadjustment', 'cooperativeincentiveadjustment', 'cooperativeincentivesadjustment', 'cooperativerebateadjustment', 'cooperativerebatesadjustment', 'coopfundadjustment', 'coopfundsadjustment', 'coopincentiveadjustment', 'coopincentivesadjustment', 'cooprebateadjustment', 'cooprebatesadjustment') THEN 'coop'
                ELSE type_folded END AS kind_folded,
           CASE WHEN type_folded IN ('claim', 'claims') THEN 'claim'
                WHEN reason_folded IN ('cooprollover', 'rollover') THEN 'transfer'
                WHEN claim <> '' AND type_folded IN ('coop', 'coopearning', 'coopearnings', 'cooperative', 'cooperativeearning', 'cooperativeearnings', 'cooperativefund', 'cooperativefunds', 'cooperativeincentive', 'cooperativeincentives', 'cooperativerebate', 'cooperativerebates', 'coopfund', 'coopfunds', 'coopincentive', 'coopincentives', 'cooprebate', 'cooprebates', 'adjustmentcoop', 'adjustmentcoopearning', 'adjustmentcoopearnings', 'adjustmentcooperative', 'adjustmentcooperativeearning', 'adjustmentcooperativeearnings', 'adjustmentcooperativefund', 'adjustmentcooperativefunds', 'adjustmentcooperativeincentive', 'adjustmentcooperativeincentives', 'adjustmentcooperativerebate', 'adjustmentcooperativerebates', 'adjustmentcoopfund', 'adjustmentcoopfunds', 'adjustmentcoopincentive', 'adjustmentcoopincentives', 'adjustmentcooprebate', 'adjustmentcooprebates', 'coopadjustment', 'coopearningadjustment', 'coopearningsadjustment', 'cooperativeadjustment', 'cooperativeearningadjustment', 'cooperativeearningsadjustment', 'cooperativefundadjustment', 'cooperativefundsadjustment', 'cooperativeincentiveadjustment', 'cooperativeincentivesadjustment', 'cooperativerebateadjustment', 'cooperativerebatesadjustment', 'coopfundadjustment', 'coopfundsadjustment', 'coopincentiveadjustment', 'coopincentivesadjustment', 'cooprebateadjustment', 'cooprebatesadjustment') THEN 'claim'
                WHEN position('arcompliance' IN reason_folded) = 1 OR position('opsadjustment' IN reason_folded) = 1 OR position('partnermapping' IN reason_folded) = 1 OR position('policyexception' IN reason_folded) = 1 OR position('previousperiodearning' IN reason_folded) = 1 OR position('adjustment' IN reason_folded) > 0 OR position('correction' IN reason_folded) > 0 OR position('clawback' IN reason_folded) > 0 THEN 'adjustment'
                WHEN type_folded IN ('adjustmentrebate', 'adjustmentrebateearning', 'adjustmentrebateearnings', 'adjustmentrebatefund', 'adjustmentrebatefunds', 'adjustmentrebateincentive', 'adjustmentrebateincentives', 'adjustmentrebates', 'rebateadjustment', 'rebateearningadjustment', 'rebateearningsadjustment', 'rebatefundadjustment', 'rebatefundsadjustment', 'rebateincentiveadjustment', 'rebateincentivesadjustment', 'rebatesadjustment', 'adjustmentcoop', 'adjustmentcoopearning', 'adjustmentcoopearnings', 'adjustmentcooperative', 'adjustmentcooperativeearning', 'adjustmentcooperativeearnings', 'adjustmentcooperativefund', 'adjustmentcooperativefunds', 'adjustmentcooperativeincentive', 'adjustmentcooperativeincentives', 'adjustmentcooperativerebate', 'adjustmentcooperativerebates', 'adjustmentcoopfund', 'adjustmentcoopfunds', 'adjustmentcoopincentive', 'adjustmentcoopincentives', 'adjustmentcooprebate', 'adjustmentcooprebates', 'coopadjustment', 'coopearningadjustment', 'coopearningsadjustment', 'cooperativeadjustment', 'cooperativeearningadjustment', 'cooperativeearningsadjustment', 'cooperativefundadjustment', 'cooperativefundsadjustment', 'cooperativeincentiveadjustment', 'cooperativeincentivesadjustment', 'cooperativerebateadjustment', 'cooperativerebatesadjustment', 'coopfundadjustment', 'coopfundsadjustment', 'coopincentiveadjustment', 'coopincentivesadjustment', 'cooprebateadjustment', 'cooprebatesadjustment') THEN 'adjustment'
                WHEN reason_folded IN ('', '-', 'n/a', 'na', 'none', 'null', 'notapplicable', 'notavailable') THEN 'earning'
                ELSE 'unknown' END AS counts_as,
           substr(dated, 1, 10) AS day,
           CASE WHEN length(stamp) > 10
                THEN rpad(concat(regexp_replace(stamp, '(Z|[+-][0-9:]+)$', ''),
                                 CASE WHEN position('.' IN stamp) > 0 THEN '' ELSE '.' END), 27, '0')
                ELSE stamp END AS calculated,
           CAST(amount_written AS DECIMAL(38, 12)) AS amount,
           CAST(usd_written AS DECIMAL(38, 12)) AS usd,
           CASE WHEN status_folded IN ('unprocessed', 'upcoming') THEN '1'
                WHEN status_folded IN ('inprogress', 'pendingtaxinvoice', 'processed', 'rejectedduringreview', 'taxinvoicerejected', 'taxinvoiceunderreview') THEN '2'
                WHEN status_folded IN ('sent') THEN '3'
                WHEN status_folded IN ('failed', 'incorrectpayment', 'rejected', 'reprocessing', 'reversed') THEN '4'
                WHEN status_folded IN ('escheated', 'forfeited') THEN '5'
                ELSE '0' END AS progress
    FROM written
    WHERE CASE WHEN id = '' OR participant = '' OR program = '' THEN error('a row has no earningId, participantId or programName: cspcoop check names it') ELSE true END
      AND CASE WHEN NOT regexp_matches(dated, '^20[0-9]{2}-[0-9]{2}-[0-9]{2}([T ]|$)') THEN error('an earningDate is no ISO date: cspcoop check names it') ELSE true END
      AND CASE WHEN NOT regexp_matches(stamp, '^(20[0-9]{2}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,7})?(Z|[+-][0-9:]+)?)?)?$') THEN error('a calculationDate is no ISO date: cspcoop check names it') ELSE true END
      AND CASE WHEN NOT regexp_matches(currency, '^[A-Z]{3}$') THEN error('a transactionCurrency is no currency: cspcoop check names it') ELSE true END
      AND CASE WHEN NOT regexp_matches(amount_written, '^[+-]?[0-9]{1,18}([.][0-9]{1,12})?$') THEN error('an earningAmount is no plain number: cspcoop check names it') ELSE true END
      AND CASE WHEN NOT regexp_matches(usd_written, '^[+-]?[0-9]{1,18}([.][0-9]{1,12})?$') THEN error('an earningAmountUSD is no plain number: cspcoop check names it') ELSE true END
),
-- How far each file's data reaches.
files AS (
    SELECT file AS of_file, max(day) AS reach FROM typed GROUP BY file
),
-- Of the versions of an earning the newest calculationDate counts; times of day
-- are compared only where both versions have one.
stamped AS (
    SELECT *, max(calculated) OVER (PARTITION BY id, kind_folded) AS newest FROM typed
),
-- Then the file that reaches further, then the more advanced payment.
aged AS (
    SELECT *, max(concat(reach, progress)) OVER (PARTITION BY id, kind_folded) AS best
    FROM stamped JOIN files ON file = of_file
    WHERE calculated = newest OR calculated = substr(newest, 1, 10)
),
-- What is left of an earning is the same line again.
counted AS (
    SELECT id, kind_folded, max(kind) AS counted_kind, max(counts_as) AS counted_role, max(participant) AS counted_participant, min(name) AS counted_name,
           min(country) AS counted_country, max(program) AS counted_program, max(engagement) AS counted_engagement, max(lever) AS counted_lever,
           max(currency) AS counted_currency, max(day) AS counted_day, max(calculated) AS counted_stamp, max(amount) AS counted_amount, max(usd) AS counted_usd,
           max(payment) AS counted_payment, max(status) AS counted_status, max(reason) AS counted_reason, max(claim) AS counted_claim
    FROM aged
    WHERE concat(reach, progress) = best
    GROUP BY id, kind_folded
    HAVING CASE WHEN min(amount) <> max(amount) OR min(usd) <> max(usd) OR min(currency) <> max(currency) OR min(day) <> max(day) OR min(participant) <> max(participant) OR min(program) <> max(program) OR min(engagement) <> max(engagement) OR min(counts_as) <> max(counts_as) OR min(reason) <> max(reason) OR min(claim) <> max(claim) THEN error('two versions of an earning differ, and it is not known which is newer: cspcoop run names them') ELSE true END
),
-- Spellings of a type are one.
keyed AS (
    SELECT *, CASE WHEN counted_kind IN ('', 'Rebate', 'Coop') THEN counted_kind ELSE replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(counted_kind), '-', ''), '_', ''), ' ', ''), ' ', ''), '­', ''), '​', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '―', ''), '−', ''), '﹘', ''), '﹣', ''), '－', '') END AS counted_type,
           substr(counted_day, 1, 7) AS counted_month,
           CASE WHEN counted_role = 'claim' THEN counted_claim ELSE '' END AS paid_claim,
           CASE WHEN counted_role = 'claim' OR counted_role = 'transfer' AND counted_kind NOT IN ('', 'Coop') THEN 'yes' ELSE 'no' END AS aside
    FROM counted
),
daily AS (
    SELECT counted_month, counted_role, paid_claim, aside, counted_participant, counted_program, counted_engagement, counted_lever, counted_type, counted_currency, counted_status, counted_day,
           min(counted_kind) AS daily_kind, min(counted_reason) AS daily_reason, max(counted_stamp) AS daily_stamp,
           min(nullif(counted_name, '')) AS daily_name, min(nullif(counted_country, '')) AS daily_country,
           sum(counted_amount) AS daily_amount, sum(counted_usd) AS daily_usd
    FROM keyed
    GROUP BY counted_month, counted_role, paid_claim, aside, counted_participant, counted_program, counted_engagement, counted_lever, counted_type, counted_currency, counted_status, counted_day
),
-- A participant goes by the name, and is in the country, of its newest earning.
dated AS (
    SELECT *, max(CASE WHEN daily_name IS NOT NULL THEN counted_day END) OVER (PARTITION BY counted_participant, counted_month, aside, counted_day) AS named_on,
           max(CASE WHEN daily_country IS NOT NULL THEN counted_day END) OVER (PARTITION BY counted_participant, counted_month, aside, counted_day) AS placed_on
    FROM daily
),
named AS (
    SELECT *, min(CASE WHEN counted_day = named_on THEN daily_name END) OVER (PARTITION BY counted_participant, counted_month, aside, counted_day) AS newest_name,
           min(CASE WHEN counted_day = placed_on THEN daily_country END) OVER (PARTITION BY counted_participant, counted_month, aside, counted_day) AS newest_country
    FROM dated
)
SELECT counted_participant AS participantId,
       coalesce(max(newest_name), '') AS participantName,
       coalesce(max(newest_country), '') AS partnerCountryCode,
       counted_program AS programName,
       counted_engagement AS engagementName,
       counted_lever AS lever,
       min(daily_kind) AS earningType,
       counted_day AS earningDate,
       substr(max(daily_stamp), 1, 19) AS calculationDate,
       counted_currency AS transactionCurrency,
       sum(daily_amount) AS earningAmount,
       sum(daily_usd) AS earningAmountUSD,
       counted_status AS paymentStatus,
       min(daily_reason) AS reasonCode,
       paid_claim AS claimId
FROM named
GROUP BY counted_month, counted_role, paid_claim, aside, counted_participant, counted_program, counted_engagement, counted_lever, counted_type, counted_day, counted_currency, counted_status
ORDER BY participantId, programName, earningDate, earningType, transactionCurrency, engagementName, reasonCode, claimId, counted_role, paymentStatus
