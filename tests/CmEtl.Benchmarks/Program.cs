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
if (options.Nights)
{
    await using var nights = await NightBench.StartAsync(options, stop.Token);
    var measured = new List<NightSample>();
    for (var round = 1; round <= options.Rounds && !stop.IsCancellationRequested; round++)
    {
        foreach (var night in Night.All.Where(n => options.Only.Count == 0 || options.Only.Any(o => n.Name.StartsWith(o, StringComparison.Ordinal))))
        {
            await foreach (var sample in nights.MeasureAsync(night, round))
            {
                measured.Add(sample);
                Console.Error.WriteLine($"round {round}: {sample.Describe()}");
            }
        }
    }

    Console.WriteLine(NightTable.Of(nights, options, measured));
    return 0;
}

await using var bench = await BenchDatabase.StartAsync(options.Visits, stop.Token);
var lines = LineList.All.Where(l => options.Only.Count == 0 || options.Only.Any(o => o == l.Name || o == $"{l.Name} x{l.Connections}")).ToList();
var samples = new List<Sample>();
try
{
    for (var round = 1; round <= options.Rounds; round++)
    {
        // Round-robin, so that other load on the machine affects all lines equally.
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
