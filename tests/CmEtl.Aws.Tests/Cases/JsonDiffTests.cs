using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Tests;

public sealed class JsonDiffTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,2]}}""", """{ "b": {"c":[1,2]}, "a": 1 }""")]
    [InlineData("""{"rate":2.0}""", """{"rate":2}""")]
    public void Equivalent_json_is_no_change(string old, string @new) => Assert.Empty(JsonDiff.Compare("", old, @new));

    [Fact]
    public void Changes_have_path_old_and_new()
    {
        var changes = JsonDiff.Compare("", """{"a":{"x":1,"gone":true},"l":[1,{"y":2}]}""", """{"a":{"x":2,"come":null},"l":[1,{"y":3}]}""");
        Assert.Equal(
            [new("a.x", "1", "2"), new("a.gone", "true", null), new("a.come", null, "null"), new("l[1].y", "2", "3")], changes);
    }

    [Fact]
    public void A_null_member_differs_from_a_missing_one() =>
        Assert.Equal([new JsonChange("ResultPath", null, "null")], JsonDiff.Compare("", "{}", """{"ResultPath":null}"""));
}
