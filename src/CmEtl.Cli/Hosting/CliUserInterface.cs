using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace CmEtl.Cli;

/// <summary>
/// What PowerShell says to its host: to standard error, except for objects turned into text, which have a host of their own.
/// </summary>
internal sealed class CliUserInterface(ProgressLine progress, TextWriter output, bool terminal) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new CliRawUserInterface();

    public override bool SupportsVirtualTerminal => terminal;

    /// <summary>Why the output could not be written, such as a full disk; null when all of it was.</summary>
    public IOException? Failure { get; private set; }

    public override void Write(string value) => Try(() => progress.Above(() => output.Write(GetOutputString(value, terminal))));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Try(() => progress.Above(() => output.WriteLine(GetOutputString(value, terminal))));

    public override void WriteErrorLine(string value) => Say(value);

    public override void WriteWarningLine(string message) => Say($"WARNING: {message}");

    public override void WriteVerboseLine(string message) => Say($"VERBOSE: {message}");

    public override void WriteDebugLine(string message) => Say($"DEBUG: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record) => Try(() => progress.Show(record));

    /// <summary>No more progress will be shown.</summary>
    public void EndProgress() => Try(progress.End);

    public void Say(string line) => Try(() => progress.Above(() => Console.Error.WriteLine(progress.Stamped(line))));

    public override string ReadLine() =>
        Console.ReadLine() ?? throw new HostException("There is nobody to answer: standard input has ended.");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (Console.IsInputRedirected)
        {
            throw new HostException($"{message} There is nobody to ask; add -Confirm:$false to go ahead, or -WhatIf to look first.");
        }

        Say($"{caption}{Environment.NewLine}{message}");
        var labels = choices.Select(c => c.Label.Replace("&", "", StringComparison.Ordinal)).ToList();
        while (true)
        {
            Console.Error.Write($"{string.Join(", ", labels)} [{(defaultChoice < 0 ? "" : labels[defaultChoice])}]: ");
            var answer = ReadLine().Trim();
            var choice = answer.Length == 0
                ? defaultChoice
                : labels.FindIndex(l => l.StartsWith(answer, StringComparison.OrdinalIgnoreCase));
            if (choice >= 0)
            {
                return choice;
            }
        }
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new HostException($"A value is missing: {string.Join(", ", descriptions.Select(d => d.Name))}.");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw NoSecrets();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowed, PSCredentialUIOptions options) =>
        throw NoSecrets();

    public override SecureString ReadLineAsSecureString() => throw NoSecrets();

    // A pipeline must not be torn down in the middle of its work because its output cannot be written. The session reports it at the end.
    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failure ??= error as IOException ?? new IOException(error.Message);
        }
    }

    private static HostException NoSecrets() =>
        new("cmetl asks for no passwords: set POSTGRES_PASSWORD or use a password file.");
}
