using CmEtl.Engine;

namespace CmEtl.Sandbox;

/// <summary>The account the server runs as: PostgreSQL refuses to run as root, so root steps down to an unprivileged one.</summary>
internal static class ServerAccount
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    private static readonly Lazy<(string User, string Group)?> StepDown = new(FindStepDown);

    /// <summary>The command as it has to be run to execute under the server's account.</summary>
    public static IReadOnlyList<string> Wrap(params string[] command) => StepDown.Value is { } account
        ? ["setpriv", $"--reuid={account.User}", $"--regid={account.Group}", "--clear-groups", "--", .. command]
        : command;

    /// <summary>Gives a folder and what is in it to the server's account.</summary>
    public static async Task GiveAsync(string folder)
    {
        if (StepDown.Value is { } account)
        {
            var run = await ToolRun.StartAsync(["chown", "-R", $"{account.User}:{account.Group}", folder], CancellationToken.None);
            if (run.ExitCode != 0)
            {
                throw new CmEtlException(ErrorKind.Configuration, ErrorIds.SandboxFolderNotOwned,
                    $"The folder {folder} cannot be given to the account {account.User}: {run.Output}",
                    "Choose a folder on a file system that knows owners.");
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
