namespace CmEtl.Tests;

/// <summary>
/// A sandbox whose newest run failed in some chunks and retried one, and a folder for files that contains a read-only one.
/// </summary>
public sealed class ReportFixture : IDisposable
{
    public ReportFixture(ModuleServer server)
    {
        Sandbox = new SandboxFixture(server);
        System.IO.File.WriteAllText(File("kept"), "kept");
        System.IO.File.SetAttributes(File("kept"), FileAttributes.ReadOnly);
        Sandbox.Shell.RunClean("Start-CmEtl -Wait -TargetChunkSize 500");
        using var broken = new BrokenDay(Sandbox);
        // A sequence is not rolled back, so only the third statement fails.
        Sandbox.Sql.Execute("""
            CREATE SEQUENCE conflict.statements;
            CREATE FUNCTION conflict.one_clash() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
              IF nextval('conflict.statements') = 3 THEN RAISE 'clash' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$;
            CREATE TRIGGER one_clash AFTER UPDATE ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION conflict.one_clash()
            """);
        RunId = (string)Assert.Single(Sandbox.Shell.Run("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 50")).Properties["RunId"].Value;
    }

    public SandboxFixture Sandbox { get; }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("cmetl-report-");

    public string RunId { get; }

    public string File(string name) => Path.Combine(Folder.FullName, name + ".html");

    public void Dispose()
    {
        Sandbox.Dispose();
        Folder.Delete(recursive: true);
    }
}
