using System.Globalization;
using System.Management.Automation.Host;

namespace CmEtl.Cli;

/// <summary>What PowerShell needs of the program that hosts it.</summary>
internal sealed class CliHost(CliUserInterface ui) : PSHost
{
    /// <summary>The code of the first 'exit' that was called.</summary>
    public int? RequestedExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "cmetl";

    public override PSHostUserInterface UI => ui;

    public override Version Version { get; } = typeof(CliHost).Assembly.GetName().Version!;

    public override void SetShouldExit(int exitCode) => RequestedExitCode ??= exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("cmetl has no prompt.");

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
