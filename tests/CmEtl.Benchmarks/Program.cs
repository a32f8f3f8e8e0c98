using CmEtl.Benchmarks;

if (BenchmarkOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
await using var bench = await BenchDatabase.StartAsync(options.Visits, stop.Token);
var lines = LineList.All.Where(l => options.Only.Count == 0 || options.Only.Any(o => o == l.Name || o == $"{l.Name} x{l.Connections}")).ToList();
var samples = new List<Sample>();
try
{
    for (var round = 1; round <= options.Rounds; round++)
    {
        // Round-robin: whatever else the machine does meets all lines alike.
        foreach (var line in lines)
        {
            samples.Add(await Meter.MeasureAsync(bench, line, round, stop.Token));
            Console.Error.WriteLine($"round {round}: {samples[^1].Describe()}");
        }
    }
}
catch (OperationCanceledException) when (samples.Count > 0)
{
    Console.Error.WriteLine("Cancelled: the table is of the samples above.");
}

var results = Result.Summarize(lines.Where(l => samples.Exists(s => s.Line == l)), samples);
Console.WriteLine(Report.Table(bench, options, results));
if (options.JsonPath is { } path)
{
    await File.WriteAllTextAsync(path, Report.Json(bench, options, results));
}

return 0;
