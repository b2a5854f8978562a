"""What declared SQL may use: functions, types and kinds of nodes, by DuckDB's own names."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTIONS = _words(
    "as_of + - * / // % || ~~ !~~ ~~* !~~* ~~~ ** ^ @ abs round floor ceil ceiling trunc sign mod"
    " greatest least coalesce nullif ifnull if lower upper trim ltrim rtrim length strlen"
    " substring substr left right replace concat concat_ws starts_with ends_with contains"
    " position instr strpos reverse regexp_matches regexp_full_match regexp_replace"
    " regexp_extract split_part string_split str_split lpad rpad list_value list_contains"
    " array_length list_distinct list_sort unnest range generate_series len row date_diff"
    " datediff date_sub datesub date_part datepart date_trunc year month day quarter week"
    " weekday dayofweek dayofyear isodow last_day make_date strftime strptime try_strptime"
    " to_days to_weeks to_months to_years date_add epoch count count_star count_if countif sum"
    " avg min max bool_and bool_or any_value arg_min arg_max median string_agg list first last"
    " row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value"
    " nth_value not like_escape"
)
TABLE_FUNCTIONS = _words("unnest range generate_series")
TYPES = _words(
    "date time timestamp interval boolean bool varchar text string decimal numeric bigint"
    " integer int smallint tinyint hugeint double list"
)
CLOCK = _words(
    "current_date current_time current_timestamp localtime localtimestamp current_user"
    " session_user user current_role current_catalog current_schema"
)
"""Words that DuckDB takes for a function when no column is called so."""
NODES = _words(
    "SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE BASE_TABLE JOIN SUBQUERY EMPTY"
    " EXPRESSION_LIST TABLE_FUNCTION COLUMN_REF FUNCTION TYPE VALUE_CONSTANT VALUE_DEFAULT STAR"
    " ORDER_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING DISTINCT_MODIFIER LIMIT_MODIFIER"
    " CASE_EXPR CASE OPERATOR_CAST CAST CONJUNCTION_AND CONJUNCTION_OR OPERATOR_NOT"
    " OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE OPERATOR_TRY COMPARE_EQUAL"
    " COMPARE_NOTEQUAL COMPARE_LESSTHAN COMPARE_GREATERTHAN COMPARE_LESSTHANOREQUALTO"
    " COMPARE_GREATERTHANOREQUALTO COMPARE_IN COMPARE_NOT_IN COMPARE_BETWEEN"
    " COMPARE_NOT_BETWEEN COMPARE_DISTINCT_FROM COMPARE_NOT_DISTINCT_FROM GROUPING_FUNCTION"
    " WINDOW_AGGREGATE WINDOW_ROW_NUMBER WINDOW_RANK WINDOW_RANK_DENSE WINDOW_PERCENT_RANK"
    " WINDOW_CUME_DIST WINDOW_NTILE WINDOW_LAG WINDOW_LEAD WINDOW_FIRST_VALUE"
    " WINDOW_LAST_VALUE WINDOW_NTH_VALUE ARRAY_EXTRACT ARRAY_SLICE ARRAY_CONSTRUCTOR"
    " STRUCT_EXTRACT"
)
WORDS = {
    "SHOW_REF": "describe / show / summarize",
    "PIVOT": "pivot / unpivot",
    "LAMBDA": "lambda",
    "VALUE_PARAMETER": "参数 (a parameter)",
    "COLLATE": "collate",
    "POSITIONAL_REFERENCE": "#1",
    "sample": "tablesample",
    "at_clause": "at (version / timestamp)",
    "multi": "pivot",
}
"""Kinds of nodes in words that an author of SQL knows."""
