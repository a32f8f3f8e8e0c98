using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws.Tests;

/// <summary>
/// The rules of the Amazon States Language, one by one: what Step Functions refuses, what it accepts, and the path of the finding.
/// </summary>
public sealed class DefinitionRuleTests
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:f";

    /// <summary>A state A, the rule that refuses it, and the path of the finding.</summary>
    public static TheoryData<string, string, string> Refused => new()
    {
        { """{"Type":"Chose","End":true}""", "InvalidType", "$.States.A.Type" },
        { """null""", "InvalidValue", "$.States.A" },
        { """{"Type":"Pass"}""", "MissingTransition", "$.States.A" },
        { """{"Type":"Pass","End":true,"Next":"A"}""", "MissingTransition", "$.States.A" },
        { """{"Type":"Pass","Next":"B"}""", "UnknownTarget", "$.States.A.Next" },
        { """{"Type":"Pass","Next":"A"}""", "NoEnd", "$.States" },
        { """{"Type":"Pass","End":true,"Resource":"x"}""", "UnknownField", "$.States.A.Resource" },
        { """{"Type":"Pass","End":true,"End":true}""", "RepeatedField", "$.States.A.End" },
        { """{"Type":"Pass","End":true,"Arguments":{}}""", "UnknownField", "$.States.A.Arguments" },
        { """{"Type":"Pass","End":true,"Output":{}}""", "JsonataInJsonPath", "$.States.A.Output" },
        { """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","ResultPath":"$.x"}""", "JsonPathInJsonata", "$.States.A.ResultPath" },
        { """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":"{% (1 + %}"}""", "InvalidJsonata", "$.States.A.Output" },
        { """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":{"x":["{% a b %}"]}}""", "InvalidJsonata", "$.States.A.Output.x[0]" },
        { """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":" {% x %}"}""", "InvalidJsonata", "$.States.A.Output" },
        { """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":"{% 10 %"}""", "InvalidJsonata", "$.States.A.Output" },
        { """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":"{% $states.input.x & $states . result.y %}"}""", "NoResult", "$.States.A.Output" },
        { """{"Type":"Parallel","End":true,"QueryLanguage":"JSONata","Arguments":"{% $states.result %}","Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}]}""", "NoResult", "$.States.A.Arguments" },
        { """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Assign":{"x":["{% $states.errorOutput %}"]}}""", "NoErrorOutput", "$.States.A.Assign.x[0]" },
        { """{"Type":"Pass","End":true,"InputPath":"x"}""", "InvalidValue", "$.States.A.InputPath" },
        { """{"Type":"Pass","End":true,"ResultPath":"$.a[*]"}""", "InvalidValue", "$.States.A.ResultPath" },
        { """{"Type":"Pass","End":true,"Parameters":{"a.$":"b"}}""", "InvalidPath", "$.States.A.Parameters['a.$']" },
        { """{"Type":"Pass","End":true,"Parameters":{"a.$":"$.b","a":1}}""", "RepeatedField", "$.States.A.Parameters['a.$']" },
        { """{"Type":"Pass","End":true,"Parameters":{"a.$":"States.Nope()"}}""", "InvalidIntrinsic", "$.States.A.Parameters['a.$']" },
        { """{"Type":"Pass","End":true,"Parameters":{"a.$":"States.UUID(1)"}}""", "InvalidIntrinsic", "$.States.A.Parameters['a.$']" },
        { """{"Type":"Pass","End":true,"Parameters":{"a.$":"States.Format('{}', $.x"}}""", "InvalidIntrinsic", "$.States.A.Parameters['a.$']" },
        { """{"Type":"Pass","End":true,"Assign":{"states":1}}""", "InvalidVariable", "$.States.A.Assign.states" },
        { """{"Type":"Task","End":true}""", "MissingField", "$.States.A" },
        { """{"Type":"Task","End":true,"Resource":"f"}""", "InvalidResource", "$.States.A.Resource" },
        { """{"Type":"Task","End":true,"Resource":"arn:aws:states:::dynamodb:query"}""", "InvalidResource", "$.States.A.Resource" },
        { Task("""
          "TimeoutSeconds":0
          """), "InvalidValue", "$.States.A.TimeoutSeconds" },
        { Task("""
          "TimeoutSeconds":5,"TimeoutSecondsPath":"$.t"
          """), "ExclusiveFields", "$.States.A.TimeoutSecondsPath" },
        { Task("""
          "TimeoutSeconds":5,"HeartbeatSeconds":5
          """), "InvalidValue", "$.States.A.HeartbeatSeconds" },
        { Task("""
          "TimeoutSeconds":5,"Retry":[{"ErrorEquals":[]}]
          """), "InvalidErrorEquals", "$.States.A.Retry[0].ErrorEquals" },
        { Task("""
          "TimeoutSeconds":5,"Retry":[{"ErrorEquals":["a"],"JitterStrategy":"SOME"}]
          """), "InvalidValue", "$.States.A.Retry[0].JitterStrategy" },
        { Task("""
          "TimeoutSeconds":5,"Catch":[{"ErrorEquals":["a"]}]
          """), "MissingField", "$.States.A.Catch[0]" },
        { Task("""
          "TimeoutSeconds":5,"Credentials":{}
          """), "InvalidValue", "$.States.A.Credentials" },
        { """{"Type":"Choice"}""", "MissingField", "$.States.A" },
        { """{"Type":"Choice","Choices":[{"Variable":"$.x","StringEquals":1,"Next":"A"}]}""", "InvalidValue", "$.States.A.Choices[0].StringEquals" },
        { """{"Type":"Choice","Choices":[{"Variable":"$.x","Next":"A"}]}""", "InvalidValue", "$.States.A.Choices[0]" },
        { """{"Type":"Choice","Choices":[{"Condition":"{% true %}","Next":"A"}]}""", "JsonataInJsonPath", "$.States.A.Choices[0].Condition" },
        { """{"Type":"Choice","QueryLanguage":"JSONata","Choices":[{"Next":"A"}]}""", "MissingField", "$.States.A.Choices[0]" },
        { """{"Type":"Wait","End":true}""", "MissingField", "$.States.A" },
        { """{"Type":"Wait","End":true,"Timestamp":"tomorrow"}""", "InvalidValue", "$.States.A.Timestamp" },
        { """{"Type":"Fail","Cause":"a","CausePath":"$.b"}""", "ExclusiveFields", "$.States.A.CausePath" },
        { """{"Type":"Succeed","Parameters":{}}""", "UnknownField", "$.States.A.Parameters" },
        { """{"Type":"Parallel","End":true,"Branches":[]}""", "MissingField", "$.States.A.Branches" },
        { """{"Type":"Parallel","End":true,"Branches":[{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}]}""", "RepeatedName", "$.States.A.Branches[0].States.A" },
        { """{"Type":"Map","End":true,"MaxConcurrency":1}""", "MissingField", "$.States.A" },
        { Map("""
          "ProcessorConfig":{"Mode":"DISTRIBUTED"},
          """), "MissingField", "$.States.A.ItemProcessor.ProcessorConfig" },
    };

    /// <summary>A state A that Step Functions accepts and that gives no finding.</summary>
    public static TheoryData<string> Accepted => new()
    {
        """{"Type":"Pass","End":true,"Result":null,"ResultPath":null,"InputPath":null,"OutputPath":"$$.Execution.Input"}""",
        """{"Type":"Pass","End":true,"Parameters":{"a.$":"$.[0].x['y z'][?(@.q == 1)]","b.$":"$$.Execution.Name","c.$":"$v.w","d":[{"e.$":"States.Format('\\'{}\\'', States.UUID())"}]}}""",
        """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":"{% $states.input.orders.${ 'id': orderId } %}"}""",
        """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":"{% ( $f := function($x)<n:n>{ $x * -1 }; $map([1..3], $f)[0] = /a\\/b/i ? 'x' : null; ) %}"}""",
        """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":"{% $ ~> |account.order|{'price': price * 1.2}, ['sku']| %}"}""",
        """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":"{% Account.Order^(>price).**.`a b`[$$.x in [1, 2] and not(%.y)] %}","Assign":{"größe":1}}""",
        """{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":"{% $states.input.result & '$states.result' & $states.results %}"}""",
        """{"Type":"Parallel","End":true,"QueryLanguage":"JSONata","Output":"{% $states.result %}","Assign":{"x":"{% $states.result[0] %}"},"Catch":[{"ErrorEquals":["a"],"Next":"End","Output":"{% $states.errorOutput.Cause %}"}],"Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}]}""",
        """{"Type":"Wait","End":true,"QueryLanguage":"JSONata","Seconds":"{% $states.input.s %}"}""",
        """{"Type":"Wait","End":true,"Timestamp":"2026-01-31T02:00:00.123Z"}""",
        """{"Type":"Fail","ErrorPath":"$.e","CausePath":"States.Format('{}', $.c)"}""",
        """{"Type":"Choice","Choices":[{"And":[{"Variable":"$.x","IsPresent":true},{"Not":{"Variable":"$.x","NumericLessThanPath":"$$.Map.Item.Index"}}],"Next":"End"}],"Default":"End"}""",
        Task("""
        "TimeoutSecondsPath":"$.t","Credentials":{"RoleArn.$":"$.r"},"Retry":[{"ErrorEquals":["States.ALL"],"BackoffRate":1.5,"JitterStrategy":"FULL","MaxDelaySeconds":9}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"End"}]
        """),
        Map("""
        "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
        """),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Definitions_that_the_service_refuses_give_an_error_with_a_path(string state, string rule, string path)
    {
        var findings = DefinitionValidator.Validate(Machine(state));
        Assert.Contains(findings, f => f.Severity == FindingSeverity.Error && f.Rule == rule && f.Path == path && f.Line >= 2);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Definitions_that_the_service_accepts_give_no_finding(string state) => Assert.Empty(DefinitionValidator.Validate(Machine(state)));

    /// <summary>CmEtl's own conventions.</summary>
    [Theory]
    [InlineData("""{"Type":"Task","End":true,"Resource":"arn:aws:lambda:us-east-1:123456789012:function:f"}""", "NoTimeout")]
    [InlineData("""{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}}""", "NoMaxConcurrency")]
    [InlineData("""{"Type":"Map","End":true,"MaxConcurrency":1,"Iterator":{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}}""", "Iterator")]
    [InlineData("""{"Type":"Pass","End":true,"Parameters":{"a":"$.b"}}""", "NoDollar")]
    [InlineData("""{"Type":"Pass","End":true,"Result":{"a":["$.b"]}}""", "StaticResult")]
    [InlineData("""{"Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":" {% x %} "}""", "NotJsonata")]
    public void Discouraged_definitions_give_a_warning(string state, string rule)
    {
        var finding = Assert.Single(DefinitionValidator.Validate(Machine(state)));
        Assert.Equal((FindingSeverity.Warning, rule), (finding.Severity, finding.Rule));
    }

    [Theory]
    [InlineData("aws-us-gov", "us-gov-west-1")]
    [InlineData("aws-cn", "cn-north-1")]
    public void Every_partition_has_functions_and_integrations(string partition, string region)
    {
        Assert.Empty(DefinitionValidator.Validate(Machine($$"""{"Type":"Task","End":true,"TimeoutSeconds":1,"Resource":"arn:{{partition}}:lambda:{{region}}:123456789012:function:f:live"}""")));
        Assert.Empty(DefinitionValidator.Validate(Machine($$"""{"Type":"Task","End":true,"TimeoutSeconds":1,"Resource":"arn:{{partition}}:states:::lambda:invoke"}""")));
    }

    [Fact]
    public void A_finding_names_the_line_and_the_state()
    {
        var finding = Assert.Single(DefinitionValidator.Validate("{\n\"StartAt\": \"A b\",\n\"States\": {\n\"A b\": {\n\"Type\": \"Succeed\",\n\"Nope\": 1\n}}}"));
        Assert.Equal((6, "A b", "$.States['A b'].Nope"), (finding.Line, finding.State, finding.Path));
        Assert.Equal(2, Assert.Single(DefinitionValidator.Validate("{\n\"a\" 1}")).Line);
    }

    private static string Machine(string state) =>
        $$"""
        { "StartAt": "A",
        "States": {
        "A": {{state}}{{(state.Contains("\"End\"}", StringComparison.Ordinal) || state.Contains("\"Next\":\"End\"", StringComparison.Ordinal) ? ", \"End\": { \"Type\": \"Succeed\" }" : "")}}
        } }
        """;

    private static string Task(string more) => $$"""{"Type":"Task","End":true,"Resource":"{{Function}}",{{more.Trim()}}}""";

    private static string Map(string more) =>
        $$"""{"Type":"Map","End":true,"MaxConcurrency":1,"ItemProcessor":{{{more.Trim()}}"StartAt":"B","States":{"B":{"Type":"Succeed"} } } }""";
}
