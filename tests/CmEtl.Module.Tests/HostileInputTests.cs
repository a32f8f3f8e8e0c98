using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>Hostile text as a name, a path or a file causes one error of CmEtl or of PowerShell's binder, or does no harm.</summary>
public sealed class HostileInputTests : IDisposable
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:cm-etl";
    private const string Role = "arn:aws:iam::123456789012:role/r";

    private const string Refusal = "-EndpointUrl $url -Region us-east-1";

    private static readonly string[] Texts =
    [
        "a\"b", "a'b", "a\\", "a\0b", "a\nb", "a\r\nX-Header: b", "\u001b[2J", "сm-etl", "a\u202Eb", "a\ud800b", new string('x', 65_536), new string('[', 2_000),
        "../../../etc/passwd", "/etc/passwd", "..", ".", "x'; DROP TABLE conflict.conflictvisitmaps; --", "${LambdaFunctionArn}", "$$.Execution.Name", "${aws:username}", "$$",
        "$(touch /tmp/cmetl-hostile)", "`touch /tmp/cmetl-hostile`", "-rf", "--help", "{0}%s%n", "*", "?", "nodrive:x", "env:PATH", "a::b", "file:///etc/passwd", "http://[", " ",
        "/dev/zero", "/dev/null/x", "/proc/self/mem",
    ];

    private readonly Shell _shell = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("cm_etl_hostile_").FullName;

    /// <summary>Commands with the text in place of $x.</summary>
    public static TheoryData<string> Commands =>
    [
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -StateMachineName $x {Refusal}",
        $"Deploy-CmStateMachine $x -RoleArn {Role} {Refusal}",
        $"Deploy-CmStateMachine {Function} -RoleArn $x -WhatIf {Refusal}",
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -DefinitionFile $x {Refusal}",
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -Alias $x {Refusal}",
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -ManifestBucket $x {Refusal}",
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -Substitution @{{ $x = $x; RetryMaxAttempts = $x }} {Refusal}",
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -Substitution @{{ RetryMaxAttempts = $x }} {Refusal}",
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -Tag @{{ $x = $x }} {Refusal}",
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -Region $x -EndpointUrl $url",
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -EndpointUrl $x",
        $"Deploy-CmStateMachine {Function} -RoleArn {Role} -ProfileName $x {Refusal}",
        $"Publish-CmLambda $x {Refusal}",
        $"Invoke-CmChunk 1 -RunId $x -FunctionName cm-etl {Refusal} -Confirm:$false",
        $"Invoke-CmChunk 1 -RunId night -FunctionName $x {Refusal} -Confirm:$false",
        $"Start-CmEtl -StateMachineArn $x {Refusal}",
        $"Start-CmEtl -StateMachineArn arn:aws:states:us-east-1:123456789012:stateMachine:m -RunId $x {Refusal}",
        $"Get-CmEtlStatus -ExecutionArn $x {Refusal}",
        $"Stop-CmEtl -ExecutionArn arn:aws:states:us-east-1:123456789012:execution:m:e -Reason $x {Refusal}",
        "Get-CmEtlStatus -SettingsPath $x -Database d",
        "Get-CmEtlStatus -HostName 127.0.0.1 -Port 1 -Database $x -Credential ([pscredential]::new('u', [securestring]::new()))",
        "Get-CmEtlStatus -HostName 127.0.0.1 -Port 1 -Database d -ConflictSchema $x -Credential ([pscredential]::new('u', [securestring]::new()))",
        "Connect-CmDatabase $x",
        "Connect-CmDatabase \"Host=127.0.0.1;Port=1;Database=d;Username=$x;Password=$x\"",
        "Remove-CmSandbox $x",
        "New-CmSandbox -Visits 0 -Path $x -WhatIf",
        $"Export-CmIamPolicy $folder -LambdaFunctionArn $x",
        $"Export-CmIamPolicy $folder -LambdaFunctionArn {Function} -StateMachineName $x -Force",
        $"Export-CmIamPolicy $folder -LambdaFunctionArn {Function} -ManifestBucket $x -Force",
        $"Export-CmIamPolicy $x -LambdaFunctionArn {Function} -WhatIf",
    ];

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_text_in_the_wrong_place_is_one_clear_error(string command)
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "key");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
        using var server = new RefusingServer();

        foreach (var text in Texts)
        {
            _shell.Run($"$x, $folder, $url = $input; {command}", text, _folder, server.Url);
            AssertClear(text);
        }

        Assert.False(File.Exists("/tmp/cmetl-hostile"));
    }

    [Fact]
    public void A_malformed_definition_is_refused_before_any_call()
    {
        var chain = string.Join(',', Enumerable.Range(0, 25_000).Select(i => $"\"s{i}\":{{\"Next\":\"s{i + 1}\"}}"));
        string[] definitions =
        [
            "", "\0", "null", "7", "[]", "{}", "{\"States\":{}}", "{\"StartAt\":1,\"States\":{\"A\":1}}", "{\"StartAt\":\"A\",\"States\":{\"A\":null}}",
            "{\"StartAt\":\"A\",\"StartAt\":\"B\",\"States\":{}}", "{\"StartAt\":\"\\ud800\",\"States\":{\"\\ud800\":{}}}", "{\"Comment\":\"${\"}", "{\"${LambdaFunctionArn}\":1,\"arn\":\"${${x}}\"}",
            new string('[', 100_000), string.Concat(Enumerable.Repeat("{\"States\":", 5_000)), $"{{\"Comment\":\"{string.Concat(Enumerable.Repeat("${", 400_000))}\"}}",
            new string(' ', 2_000_000) + "{}", $"{{\"StartAt\":\"s0\",\"States\":{{{chain}}}}}",
        ];
        var file = Path.Combine(_folder, "definition.json");
        foreach (var definition in definitions)
        {
            File.WriteAllText(file, definition);
            _shell.Run($"Deploy-CmStateMachine {Function} -RoleArn {Role} -DefinitionFile {file} -EndpointUrl http://127.0.0.1:1");
            AssertClear(definition.Length > 60 ? definition[..60] : definition);
            Assert.StartsWith("InvalidDefinition,", _shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_cannot_widen_a_policy()
    {
        _shell.Run($"Export-CmIamPolicy {_folder} -LambdaFunctionArn arn:aws:lambda:us-east-1:123456789012:function:*");

        AssertClear("wildcard");
        Assert.Contains("is not allowed in a policy", _shell.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    private void AssertClear(string text)
    {
        Assert.True(_shell.Errors.Count <= 1, $"{text}: {_shell.Errors.Count} errors");
        foreach (var error in _shell.Errors)
        {
            Assert.True(error.Exception is ParameterBindingException || error.Exception.GetType().Name == "CmEtlException", $"{text}: {error.Exception}");
            Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
        }
    }
}
