using System.Management.Automation;

namespace CmEtl.Tests;

public sealed class ErrorTests
{
    [Fact]
    public void A_bad_setting_is_an_invalid_argument_with_a_remedy()
    {
        using var shell = new Shell();

        shell.Run("Get-CmEtlStatus -HostName localhost -Database d -Port 70000");

        AssertActionable(shell.Error, ErrorCategory.InvalidArgument);
        Assert.Contains("70000", shell.Error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_a_connection_error()
    {
        using var shell = new Shell();

        shell.Run("Get-CmEtlStatus -HostName 127.0.0.1 -Port 1 -Database d -Credential ([pscredential]::new('u', [securestring]::new()))");

        AssertActionable(shell.Error, ErrorCategory.ConnectionError);
    }

    private static void AssertActionable(ErrorRecord error, ErrorCategory category)
    {
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Matches("^[A-Z][A-Za-z0-9]+,", error.FullyQualifiedErrorId);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.EndsWith(error.ErrorDetails.RecommendedAction, error.ErrorDetails.Message, StringComparison.Ordinal);
    }
}
