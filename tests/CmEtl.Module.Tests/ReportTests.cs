namespace CmEtl.Tests;

/// <summary>The page of a real run, and its file.</summary>
[Collection(ModuleServer.Name)]
public sealed class ReportTests(ReportFixture run) : IClassFixture<ReportFixture>
{
    private Shell Shell => run.Sandbox.Shell;

    [Fact]
    public void A_failed_run_shows_retries_and_next_steps()
    {
        var file = Assert.IsType<FileInfo>(Assert.Single(Shell.RunClean($"Get-CmEtlStatus | Export-CmEtlReport -Path '{run.File("failed")}' -PassThru")).BaseObject);

        var page = File.ReadAllText(file.FullName);
        Assert.Contains($"<title>{run.RunId} – Failed</title>", page, StringComparison.Ordinal);
        Assert.Contains("rows were changed by another session meanwhile", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">P0001</th>", page, StringComparison.Ordinal);
        Assert.Contains($"Get-CmEtlStatus -RunId {run.RunId} -Detailed | Where-Object State -eq Failed | Invoke-CmChunk", page, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"ended ", page, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"failed ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_contains_no_personal_data_and_no_connection_details()
    {
        Shell.RunClean($"Export-CmEtlReport '{run.File("secret")}'");

        var page = File.ReadAllText(run.File("secret"));
        var persons = run.Sandbox.Sql.Scalar("""SELECT string_agg(DISTINCT "SSN", ',') FROM conflict.conflictvisitmaps""").Split(',');
        Assert.NotEmpty(persons);
        Assert.All(persons, p => Assert.DoesNotContain(p, page, StringComparison.Ordinal));
        Assert.All(
            (string[])["POSTGRES_PASSWORD", "POSTGRES_PORT"], s => Assert.DoesNotContain(run.Sandbox.Worker.Environment[s], page, StringComparison.Ordinal));
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch("""<script|(src|href)="(?!data:|#)|url\((?!data:|#)""", page);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_as_a_whole()
    {
        File.WriteAllText(run.File("there"), new string('x', 1_000_000));

        Assert.Empty(Shell.RunClean($"Export-CmEtlReport '{run.File("there")}' -RunId {run.RunId}"));

        Assert.EndsWith("</html>\n", File.ReadAllText(run.File("there")), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Folder.GetFiles(), f => f.Name.StartsWith('.'));
    }

    [Fact]
    public void Each_run_of_a_pipeline_has_its_own_file_or_none()
    {
        Shell.RunClean($"Get-CmEtlStatus -Last 2 | Export-CmEtlReport -Path {{ \"{run.Folder.FullName}/$($_.RunId).html\" }}");
        Assert.Equal(2, run.Folder.GetFiles("????????-??????-??????.html").Length);

        Shell.Run($"Get-CmEtlStatus -Last 2 | Export-CmEtlReport -Path '{run.File("both")}'");

        Assert.Equal("FileWrittenTwice,CmEtl.PowerShell.ExportCmEtlReportCommand", Shell.Error.FullyQualifiedErrorId);
        Assert.Contains($"<title>{run.RunId}", File.ReadAllText(run.File("both")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(Shell.RunClean($"Export-CmEtlReport '{run.File("whatif")}' -WhatIf -PassThru"));

        Assert.False(File.Exists(run.File("whatif")));
    }

    [Theory]
    [InlineData("'{0}'", "NotAFile")]
    [InlineData("'{0}/nowhere/report.html'", "FolderNotFound")]
    [InlineData("/dev/null", "NotAFile")]
    [InlineData("'{0}/kept.html' -NoClobber", "FileExists")]
    [InlineData("'{0}/kept.html'", "FileReadOnly")]
    [InlineData("'{0}/new.html' -RunId no-such-run", "RunNotFound")]
    [InlineData("'{0}/new.html' -RunId 'no run'", "InvalidRunId")]
    [InlineData("nodrive:report.html", "InvalidPath")]
    public void An_unwritable_file_is_one_error_and_nothing_is_changed(string arguments, string id)
    {
        Assert.Empty(Shell.Run("Export-CmEtlReport " + arguments.Replace("{0}", run.Folder.FullName, StringComparison.Ordinal)));

        Assert.Equal($"{id},CmEtl.PowerShell.ExportCmEtlReportCommand", Shell.Error.FullyQualifiedErrorId);
        Assert.NotEmpty(Shell.Error.ErrorDetails.RecommendedAction);
        Assert.Equal("kept", File.ReadAllText(run.File("kept")));
        Assert.False(File.Exists(run.File("new")));
    }

    [Fact]
    public void A_read_only_file_is_replaced_when_forced()
    {
        File.WriteAllText(run.File("locked"), "old");
        File.SetAttributes(run.File("locked"), FileAttributes.ReadOnly);

        Shell.RunClean($"Export-CmEtlReport '{run.File("locked")}' -Force");

        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(run.File("locked")), StringComparison.Ordinal);
    }
}
