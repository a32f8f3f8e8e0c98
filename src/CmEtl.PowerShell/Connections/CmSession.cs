namespace CmEtl.PowerShell;

/// <summary>
/// The connection that cmdlets use by default. There is one per process, so that parallel runspaces share it.
/// </summary>
internal static class CmSession
{
    private static volatile CmConnection? _connection;

    public static CmConnection? Connection
    {
        get => _connection;
        set => _connection = value;
    }

    public static void Forget(string sandboxPath)
    {
        if (Connection?.SandboxPath is { } path
            && Path.TrimEndingDirectorySeparator(path) == Path.TrimEndingDirectorySeparator(sandboxPath))
        {
            Connection = null;
        }
    }
}
