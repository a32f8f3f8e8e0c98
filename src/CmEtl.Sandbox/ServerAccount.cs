using CmEtl.Engine;

namespace CmEtl.Sandbox;

/// <summary>The account that runs the server. PostgreSQL refuses to run as root, so root uses an unprivileged account.</summary>
internal static class ServerAccount
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    private static readonly Lazy<(string User, string Group)?> StepDown = new(FindStepDown);

    /// <summary>Wraps a command so that it runs under the server's account.</summary>
    public static IReadOnlyList<string> Wrap(params string[] command) => StepDown.Value is { } account
        ? ["setpriv", $"--reuid={account.User}", $"--regid={account.Group}", "--clear-groups", "--", .. command]
        : command;

    /// <summary>Changes the owner of a folder and its content to the server's account.</summary>
    public static async Task GiveAsync(string folder)
    {
        if (StepDown.Value is { } account)
        {
            var run = await ToolRun.StartAsync(["chown", "-R", $"{account.User}:{account.Group}", folder], CancellationToken.None);
            if (run.ExitCode != 0)
            {
                throw new CmEtlException(ErrorKind.Configuration, ErrorIds.SandboxFolderNotOwned,
                    $"The owner of folder {folder} cannot be changed to {account.User}: {run.Output}",
                    "Choose a folder on a file system that supports file owners.");
            }
        }
    }

    private static (string User, string Group)? FindStepDown()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        return Candidates
            .SelectMany(name => accounts.Where(fields => fields[0] == name))
            .Select(fields => (fields[2], fields[3]))
            .Append(("65534", "65534"))
            .First();
    }
}
