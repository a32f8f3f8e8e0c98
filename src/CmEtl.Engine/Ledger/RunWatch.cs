namespace CmEtl.Engine;

/// <summary>A run as seen by a process that has joined it.</summary>
/// <param name="Attempt">Fence of its present orchestrator.</param>
/// <param name="Running">Whether it has not ended.</param>
/// <param name="Led">Whether the orchestrator's lease runs.</param>
/// <param name="StopRequested">Whether it is to stop.</param>
/// <param name="WorkLeft">Whether it is planned and has chunks that are pending or in work.</param>
internal sealed record RunWatch(int Attempt, bool Running, bool Led, bool StopRequested, bool WorkLeft);
