namespace CmEtl.AwsBench;

/// <summary>The function of a request: a name, a partial or a full ARN, each with or without a version or alias.</summary>
/// <param name="Name">The function.</param>
/// <param name="Qualifier">Version or alias, or null.</param>
internal sealed record FunctionName(string Name, string? Qualifier)
{
    /// <summary>Parses the name. Functions of another account or region do not exist here.</summary>
    public static FunctionName Parse(string text, LambdaAccount account, string? qualifier = null)
    {
        var parts = text.Split(':') switch
        {
            ["arn", _, "lambda", var region, var id, "function", .. var rest] => region == account.Region && id == account.AccountId ? rest : [],
            [var id, "function", .. var rest] => id == account.AccountId ? rest : [],
            var rest => rest,
        };
        return parts switch
        {
            [var name] => new(name, qualifier),
            [var name, var version] when qualifier is null || qualifier == version => new(name, version),
            [_, _] => throw new ServiceFault("InvalidParameterValueException", "The derived qualifier from the function name does not match the specified qualifier."),
            _ => throw new ServiceFault("ResourceNotFoundException", $"Function not found: {text}", 404),
        };
    }

    public string Arn(LambdaAccount account) =>
        $"arn:aws:lambda:{account.Region}:{account.AccountId}:function:{Name}" + (Qualifier is null ? "" : $":{Qualifier}");
}
