using CmEtl.Cli;

// The engine of PowerShell reports usage to its makers unless told not to. Nothing of a machine with health data shall leave it.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

try
{
    var options = CliOptions.Parse(args);
    if (options.Help || options.Version)
    {
        Console.Out.WriteLine(options.Help ? CliOptions.Usage : CliOptions.VersionText);
        return ExitCode.Success;
    }

    using var session = new CliSession(options);
    return session.Run();
}
catch (UsageException e)
{
    Say($"cmetl: {e.Message}{Environment.NewLine}Try 'cmetl --help'.");
    return ExitCode.Usage;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Say($"cmetl: the output could not be written: {e.Message}");
    return ExitCode.Failure;
}

// Standard error may be full or closed as well; the exit code is what remains.
static void Say(string text)
{
    try
    {
        Console.Error.WriteLine(text);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
    }
}
