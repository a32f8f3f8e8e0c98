using CmEtl.Engine;
using CmEtl.Sandbox;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The pg_basebackup of the PostgreSQL installation that sandboxes use. Not every build of PostgreSQL has one.</summary>
internal static class BaseBackup
{
    public static string? Program { get; } = Find();

    private static string? Find()
    {
        try
        {
            var finder = new PostgresFinder { Fetch = (_, _) => Task.FromResult<PostgresPrograms?>(null) };
            var server = new FileInfo(finder.FindAsync(null, null, CancellationToken.None).GetAwaiter().GetResult().PgCtl);
            // PATH may contain only links to the server programs. The other programs are in the folder that they lead to.
            var folder = Path.GetDirectoryName(server.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? server.FullName)!;
            return Directory.EnumerateFiles(folder, "pg_basebackup*").FirstOrDefault();
        }
        catch (CmEtlException)
        {
            return null;
        }
    }
}
