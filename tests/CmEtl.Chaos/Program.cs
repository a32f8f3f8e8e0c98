using CmEtl.Chaos;
using CmEtl.Chaos.Nights;
using CmEtl.Chaos.Processes;
using CmEtl.Chaos.Workers;

if (args is ["worker", var kind, var runId])
{
    return await WorkerProgram.RunAsync(Enum.Parse<WorkerKind>(kind), runId);
}

if (args is ["nights", .. var rest])
{
    return await NightProgram.RunAsync(rest);
}

if (ChaosOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine($"{ChaosOptions.Usage}{Environment.NewLine}{NightOptions.Usage}");
    return 2;
}

var report = await Soak.RunAsync(options, Console.Error.WriteLine);
Console.WriteLine(report);
return report.Verdict.Clean ? 0 : 1;
