namespace CmEtl.Engine;

/// <summary>
/// The engine's remedies contain no commands, because a shell, the function and a program that embeds the engine have different ones. A
/// host lists its commands by topic, which is the id of an error or the name of a check.
/// </summary>
public sealed class HostCommands
{
    private readonly Dictionary<string, string> _commands;

    /// <param name="list">Lines of <c>topic|command</c>; lines that begin with # are comments. {subject} is what an error is about.</param>
    public HostCommands(Stream list)
    {
        using var reader = new StreamReader(list);
        _commands = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries)
            .Where(l => !l.StartsWith('#')).Select(l => l.Split('|')).Where(f => f.Length == 2)
            .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
    }

    /// <summary>The topics that have a command.</summary>
    public IEnumerable<string> Topics => _commands.Keys;

    /// <summary>The remedy of an error, with the commands of this host.</summary>
    /// <param name="error">The error.</param>
    public string Remedy(CmEtlException error) => Join(error.Remedy, error.Topics, error.Subject ?? "...");

    /// <summary>A copy of the finding whose remedy includes the command of this host.</summary>
    /// <param name="finding">The finding.</param>
    public Finding Complete(Finding finding) =>
        finding.Remedy.Length == 0 ? finding : finding with { Remedy = Join(finding.Remedy, [finding.Check], "...") };

    // A remedy that is SQL ends without a period.
    private string Join(string remedy, IEnumerable<string> topics, string subject)
    {
        var commands = topics.Where(_commands.ContainsKey).Select(t => _commands[t].Replace("{subject}", subject, StringComparison.Ordinal)).ToList();
        return commands.Count == 0 ? remedy : $"{remedy.TrimEnd('.')}. {string.Join(' ', commands)}".TrimStart('.', ' ');
    }
}
